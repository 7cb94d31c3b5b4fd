import { h } from "../lib/dom.js";
import { Tile } from "./tile.js";

const GAP = 10;
const CAPTION = { plain: 24, full: 48 }; // the name alone, or classes and split below it
const ROWS_BEYOND = 2;
const SETTLED = 60;
const SLOW = 2; // pixels a millisecond: whoever scrolls faster sees no pictures anyway
const AHEAD = 100; // places beyond those in sight of which the rows are fetched
const MOST_FREE = 40;
// Browsers draw no element that is much taller: beyond, the scroll bar moves more rows than it says.
const TALLEST = 12_000_000;

/** Draws only the rows in sight, however many images there are; tiles are moved and re-used while scrolling. */
export class Grid {
  #root;
  #space = h("div", { class: "grid-space", role: "presentation" });
  #tiles = new Map();
  #free = [];
  #layout = { columns: 1, width: 160, height: 210 };
  #frame = 0;
  #settle = 0;
  #caption = CAPTION.full;
  #shift = 0; // how far rows are drawn above where their number says
  #last = { top: 0, time: 0 };

  /**
   * @param {HTMLElement} root
   * @param {{listing: any, selection: any, options: any, size: number}} parts
   */
  constructor(root, { listing, selection, options, size }) {
    this.#root = root;
    this.listing = listing;
    this.selection = selection;
    this.options = options;
    this.active = 0;
    this.size = size;
    this.inSight = { first: 0, last: 0 };
    root.append(this.#space);
    new ResizeObserver(() => this.measure()).observe(root);
    document.addEventListener("scroll", () => this.#soon(), { capture: true, passive: true });
    listing.addEventListener("change", () => this.#soon());
    selection.addEventListener("change", () => this.#soon());
  }

  get columns() {
    return this.#layout.columns;
  }

  get rowsInSight() {
    return Math.max(1, Math.floor((innerHeight - 120) / (this.#layout.height + GAP)));
  }

  resize(size) {
    this.size = size;
    this.measure();
  }

  /** Room for a second line below the names, or none where no image has one. @param {boolean} secondLine */
  caption(secondLine) {
    const caption = secondLine ? CAPTION.full : CAPTION.plain;
    if (caption === this.#caption) return;
    this.#caption = caption;
    this.#root.classList.toggle("plain", !secondLine);
    this.measure();
  }

  measure() {
    const across = this.#root.clientWidth;
    const columns = Math.max(1, Math.floor((across + GAP) / (this.size + GAP)));
    const width = Math.floor((across - GAP * (columns - 1)) / columns);
    const held = this.#topPlace();
    this.#layout = { columns, width, height: width + this.#caption };
    if (held) this.#scrollTo(held);
    for (const tile of this.#tiles.values()) tile.move(tile.place, this.#box(tile.place));
    this.draw();
  }

  /** Bring a place into sight and mark it. */
  activate(place) {
    this.active = Math.max(0, Math.min(place, this.listing.length - 1));
    const { y, height } = this.#box(this.active);
    const top = this.#root.getBoundingClientRect().top + y;
    const above = top - this.#head();
    const below = top + height + GAP + this.#foot() - innerHeight;
    if (above < 0) scrollBy(0, (above - GAP) / this.#stretch());
    else if (below > 0) scrollBy(0, below / this.#stretch());
    this.draw();
    this.#root.setAttribute("aria-rowcount", String(this.listing.length));
    this.#root.setAttribute("aria-activedescendant", `tile-${this.active}`);
  }

  tileAt(element) {
    const tile = element.closest?.(".tile");
    return tile ? Number(tile.dataset.place) : null;
  }

  draw() {
    const { listing } = this;
    const step = this.#step;
    this.#space.style.setProperty("--height", `${Math.min(this.#fullHeight, TALLEST)}px`);
    const scrolled = -this.#root.getBoundingClientRect().top;
    const top = scrolled * this.#stretch();
    this.#shiftTo(Math.max(0, top - scrolled));
    const first = Math.min(Math.max(0, Math.floor(top / step) - ROWS_BEYOND) * this.columns, listing.length);
    const last = Math.min(listing.length, (Math.ceil((top + innerHeight) / step) + ROWS_BEYOND) * this.columns);
    for (const [place, tile] of this.#tiles) {
      if (place >= first && place < last) continue;
      this.#tiles.delete(place);
      this.#free.push(tile);
    }
    for (let place = first; place < last; place += 1) this.#put(place);
    for (const tile of this.#free) tile.rest();
    for (const tile of this.#free.splice(MOST_FREE)) tile.element.remove();
    this.inSight = { first: Math.min(Math.max(0, Math.floor(top / step)) * this.columns, listing.length), last };
    clearTimeout(this.#settle);
    if (this.#slow(top)) this.#fetch();
    else this.#settle = setTimeout(() => this.#fetch(), SETTLED);
  }

  #put(place) {
    let tile = this.#tiles.get(place);
    if (!tile) {
      tile = this.#free.pop() ?? this.#make();
      tile.element.hidden = false;
      tile.move(place, this.#box(place));
      this.#tiles.set(place, tile);
    }
    const image = this.listing.at(place);
    tile.show(image, {
      selected: Boolean(image && this.selection.has(image.id)),
      active: place === this.active,
    });
  }

  #make() {
    const tile = new Tile(this.options);
    this.#space.append(tile.element);
    return tile;
  }

  #fetch() {
    const { first, last } = this.inSight;
    if (this.listing.total !== null) this.listing.need(Math.max(0, first - AHEAD), last + AHEAD);
    for (const [, tile] of [...this.#tiles].sort(([one], [other]) => one - other)) tile.fetch();
  }

  #box(place) {
    const { columns, width, height } = this.#layout;
    const y = Math.floor(place / columns) * this.#step - this.#shift;
    return { x: (place % columns) * (width + GAP), y, width, height };
  }

  get #step() {
    return this.#layout.height + GAP;
  }

  get #fullHeight() {
    return Math.max(0, Math.ceil(this.listing.length / this.columns) * this.#step - GAP);
  }

  /** How many pixels of rows go by for one of the scroll bar. */
  #stretch() {
    const full = this.#fullHeight;
    return full > TALLEST ? (full - innerHeight) / (TALLEST - innerHeight) : 1;
  }

  #shiftTo(shift) {
    if (shift === this.#shift) return;
    this.#shift = shift;
    for (const tile of this.#tiles.values()) tile.move(tile.place, this.#box(tile.place));
  }

  /** The first place in sight, once one has scrolled down. */
  #topPlace() {
    const top = -this.#root.getBoundingClientRect().top * this.#stretch();
    return top > 0 && this.listing.length ? Math.floor(top / this.#step) * this.columns : 0;
  }

  /** Keep a place on top while tiles change their size. */
  #scrollTo(place) {
    const wanted = (Math.floor(place / this.columns) * this.#step) / this.#stretch();
    this.#space.style.setProperty("--height", `${Math.min(this.#fullHeight, TALLEST)}px`);
    scrollBy(0, wanted + this.#root.getBoundingClientRect().top);
  }

  /** Whether one scrolls so slowly that pictures are worth fetching on the way. */
  #slow(top) {
    const now = performance.now();
    const { top: before, time } = this.#last;
    if (now - time < SETTLED) return false;
    this.#last = { top, time: now };
    return Math.abs(top - before) / (now - time) < SLOW;
  }

  #head() {
    return document.querySelector(".gallery-head")?.getBoundingClientRect().bottom ?? 0;
  }

  #foot() {
    return document.querySelector(".gallery-actions:not([hidden])")?.getBoundingClientRect().height ?? 0;
  }

  #soon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.draw();
    });
  }
}
