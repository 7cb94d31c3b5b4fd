import { h } from "../lib/dom.js";
import { Tile } from "./tile.js";

const GAP = 10;
const CAPTION = 50;
const ROWS_BEYOND = 2;
const SETTLED = 60;

/** Draws only the rows in sight, however many images there are; tiles are moved and re-used while scrolling. */
export class Grid {
  #root;
  #space = h("div", { class: "grid-space", role: "presentation" });
  #tiles = new Map();
  #free = [];
  #layout = { columns: 1, width: 160, height: 210 };
  #frame = 0;
  #settle = 0;

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

  measure() {
    const across = this.#root.clientWidth;
    const columns = Math.max(1, Math.floor((across + GAP) / (this.size + GAP)));
    const width = Math.floor((across - GAP * (columns - 1)) / columns);
    this.#layout = { columns, width, height: width + CAPTION };
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
    if (above < 0) scrollBy(0, above - GAP);
    else if (below > 0) scrollBy(0, below);
    this.draw();
    this.#root.setAttribute("aria-activedescendant", `tile-${this.active}`);
  }

  tileAt(element) {
    const tile = element.closest?.(".tile");
    return tile ? Number(tile.dataset.place) : null;
  }

  draw() {
    const { listing } = this;
    const rows = Math.ceil(listing.length / this.columns);
    const step = this.#layout.height + GAP;
    this.#space.style.setProperty("--height", `${Math.max(0, rows * step - GAP)}px`);
    const top = -this.#root.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / step) - ROWS_BEYOND) * this.columns;
    const last = Math.min(listing.length, (Math.ceil((top + innerHeight) / step) + ROWS_BEYOND) * this.columns);
    for (const [place, tile] of this.#tiles) {
      if (place >= first && place < last) continue;
      this.#tiles.delete(place);
      this.#free.push(tile);
    }
    for (let place = first; place < last; place += 1) this.#put(place);
    for (const tile of this.#free) tile.rest();
    if (last > listing.images.length && !listing.complete) listing.need(last);
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#fetch(), SETTLED);
  }

  #put(place) {
    let tile = this.#tiles.get(place);
    if (!tile) {
      tile = this.#free.pop() ?? this.#make();
      tile.element.hidden = false;
      tile.move(place, this.#box(place));
      this.#tiles.set(place, tile);
    }
    const image = this.listing.images[place] ?? null;
    tile.show(image, {
      selected: Boolean(image && this.selection.has(image.id)),
      active: place === this.active,
      total: this.listing.length,
    });
  }

  #make() {
    const tile = new Tile(this.options);
    this.#space.append(tile.element);
    return tile;
  }

  #fetch() {
    for (const [, tile] of [...this.#tiles].sort(([one], [other]) => one - other)) tile.fetch();
  }

  #box(place) {
    const { columns, width, height } = this.#layout;
    return { x: (place % columns) * (width + GAP), y: Math.floor(place / columns) * (height + GAP), width, height };
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
