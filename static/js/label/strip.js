import { $, h, on } from "../lib/dom.js";

const CELL = 76;
const SPARE = 8;
const NEAR_END = 12;

/** The filmstrip: only the cells in sight exist, however long the queue is. */
export class Strip {
  #element;
  #track;
  #queue;
  #cells = new Map();
  #classes = new Map();
  #start = 0;
  #left = 0; // how far it is scrolled, and how wide it is: to ask for it while the page changes takes a layout
  #width = 0;
  #moved = false; // by us, which will be told of as if somebody had scrolled

  /** @param {HTMLElement} element @param {import("./queue_window.js").QueueWindow} queue @param {(index: number) => void} go */
  constructor(element, queue, go) {
    this.#element = element;
    this.#track = $("[data-track]", element);
    this.#queue = queue;
    on(element, "scroll", () => this.#scrolled(), { passive: true });
    on(element, "click", "[data-image]", (event, cell) => {
      go(queue.items.findIndex((each) => each.id === Number(cell.dataset.image)));
      if (event.detail) cell.blur();
    });
    new ResizeObserver(() => {
      this.#width = element.clientWidth;
      this.#left = element.scrollLeft;
      this.#draw();
    }).observe(element);
    queue.observe(() => {
      this.#measure();
      this.#draw();
    });
  }

  /** @param {Map<number, any>} classes */
  setClasses(classes) {
    this.#classes = classes;
    this.refresh();
  }

  /** The queue has grown, or has forgotten what is far: what is in sight stays where it is. */
  #measure() {
    const shift = this.#start - this.#queue.start;
    this.#start = this.#queue.start;
    this.#track.style.setProperty("--length", `${this.#queue.items.length * CELL}px`);
    if (shift) this.#scrollTo(this.#left + shift * CELL);
  }

  /** Another current image. */
  update() {
    this.#measure();
    this.#scrollTo((this.#queue.index + 0.5) * CELL - this.#width / 2);
    this.#draw();
  }

  #scrollTo(left) {
    const to = Math.max(0, Math.min(left, this.#queue.items.length * CELL - this.#width));
    this.#moved = Math.abs(to - this.#left) >= 1;
    this.#left = to;
    this.#element.scrollTo({ left, behavior: "instant" });
  }

  #scrolled() {
    if (!this.#moved) {
      this.#left = this.#element.scrollLeft;
      this.#draw();
    }
    this.#moved = false;
  }

  /** Status or classes of one image have changed. */
  mark(item) {
    this.#cells.get(item.id)?.replaceChildren(...this.#parts(item));
    if (this.#cells.has(item.id)) this.#cells.get(item.id).dataset.status = item.status;
  }

  refresh() {
    for (const cell of this.#cells.values()) cell.remove();
    this.#cells.clear();
    this.#draw();
  }

  #draw() {
    const { items, index } = this.#queue;
    const first = Math.max(0, Math.floor(this.#left / CELL) - SPARE);
    const last = Math.min(items.length, Math.ceil((this.#left + this.#width) / CELL) + SPARE);
    const wanted = new Set(items.slice(first, last).map((each) => each.id));
    for (const [id, cell] of this.#cells) {
      if (wanted.has(id)) continue;
      cell.remove();
      this.#cells.delete(id);
    }
    for (let at = first; at < last; at += 1) {
      const item = items[at];
      if (!this.#cells.has(item.id)) this.#cells.set(item.id, this.#track.appendChild(this.#cell(item)));
      const cell = this.#cells.get(item.id);
      cell.style.setProperty("--left", `${at * CELL}px`);
      if (at === index) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    }
    if (first < NEAR_END) this.#queue.growAhead("before");
    if (last > items.length - NEAR_END) this.#queue.growAhead("after");
  }

  #cell(item) {
    const names = item.classes.map((each) => this.#classes.get(each)?.name).filter(Boolean);
    const dataset = { image: item.id, status: item.status };
    return h("button", { class: "label-cell", type: "button", tabindex: "-1", dataset, title: [item.name, ...names].join("\n"), "aria-label": item.name }, this.#parts(item));
  }

  #parts(item) {
    const colors = item.classes.map((each) => this.#classes.get(each)?.color).filter(Boolean).slice(0, 4);
    return [
      this.#cells.get(item.id)?.querySelector("img") ?? h("img", { src: item.thumbnail, alt: "", decoding: "async", draggable: "false" }),
      h("span", { class: "label-cell-classes" }, colors.map((color) => h("i", { style: { "--chip-color": color } }))),
      h("span", { class: "label-cell-status" }),
    ];
  }
}
