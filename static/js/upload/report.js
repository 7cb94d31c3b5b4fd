import { $, $$, h, on } from "../lib/dom.js";
import { bytes, number } from "../lib/format.js";
import { copyText } from "../widgets/copy.js";
import { RowPlaces } from "./row_places.js";

const ROW = 34; // pixels of a row of one line
const BEYOND = 6;
const NAMES = {
  waiting: () => gettext("Waiting"), sending: () => gettext("Sending"), added: () => gettext("Added"),
  duplicate: () => gettext("Already there"), refused: () => gettext("Refused"), failed: () => gettext("Failed"),
};

/** The list of all files and what became of each. Draws only the rows in sight, each as high as its reason needs. */
export class Report {
  #rows = new Map();
  #places = new RowPlaces(ROW);
  #placed = { items: /** @type {any[]|null} */ (null), count: 0, width: 0 };
  #items = [];
  #drawn = "";

  /** @param {HTMLElement} root @param {any} queue */
  constructor(root, queue) {
    this.queue = queue;
    this.root = root;
    this.wanted = $("[data-show][aria-pressed=true]", root)?.dataset.show ?? "";
    this.scroller = $("[data-rows]", root);
    this.space = h("div", { class: "report-space", role: "presentation" });
    this.scroller.append(this.space);
    on(this.scroller, "scroll", () => this.#drawRows());
    on(root, "click", "[data-show]", (_event, button) => {
      this.wanted = button.dataset.show;
      for (const each of $$("[data-show]", root)) each.setAttribute("aria-pressed", String(each === button));
      this.scroller.scrollTop = 0;
      this.#drawn = "";
      this.draw();
    });
    $("[data-copy]", root).addEventListener("click", () => this.#copy());
    new ResizeObserver(() => this.#drawRows()).observe(this.scroller);
  }

  draw() {
    const { counts, items } = this.queue;
    for (const each of $$("[data-count]", this.root)) {
      const key = each.dataset.count;
      each.textContent = number(key === "open" ? counts.waiting + counts.sending : key ? counts[key] : items.length);
    }
    this.#items = this.#matching();
    this.#drawRows();
  }

  /** The filtered list is made anew only when a status has changed. */
  #matching() {
    const { counts, items } = this.queue;
    if (!this.wanted) return items;
    const mark = JSON.stringify(counts) + items.length;
    if (mark === this.#drawn) return this.#items;
    this.#drawn = mark;
    const statuses = this.wanted === "open" ? ["waiting", "sending"] : [this.wanted];
    return items.filter((item) => statuses.includes(item.status));
  }

  #drawRows() {
    if (!this.scroller.clientWidth) return; // hidden: nothing can be measured
    this.#place();
    // What is measured now moves what lies below it, which may bring further rows into sight.
    for (let tries = 0; tries < 3 && this.#drawInSight(); tries += 1);
    this.space.style.setProperty("--height", `${this.#places.whole}px`);
  }

  #place() {
    const { items, count, width } = this.#placed;
    if (width !== this.scroller.clientWidth) this.#places.forget();
    if (items !== this.#items || count !== this.#items.length) this.#places.list(this.#items);
    this.#placed = { items: this.#items, count: this.#items.length, width: this.scroller.clientWidth };
  }

  /** @returns {boolean} whether a row is of another height than was thought */
  #drawInSight() {
    const { scrollTop, clientHeight } = this.scroller;
    const top = this.#places.at(scrollTop);
    const first = Math.max(0, top - BEYOND);
    const last = Math.min(this.#items.length, this.#places.at(scrollTop + clientHeight) + 1 + BEYOND);
    for (const [place, row] of this.#rows) {
      if (place >= first && place < last) continue;
      row.element.remove();
      this.#rows.delete(place);
    }
    for (let place = first; place < last; place += 1) {
      let row = this.#rows.get(place);
      if (!row) {
        row = new Row();
        this.#rows.set(place, row);
        this.space.append(row.element);
      }
      row.show(this.#items[place]);
    }
    const before = this.#places.top(top);
    const changed = this.#places.measure(new Map([...this.#rows].map(([place, row]) => [place, row.element.offsetHeight])));
    for (const [place, row] of this.#rows) row.element.style.setProperty("--top", `${this.#places.top(place)}px`);
    const moved = this.#places.top(top) - before;
    if (moved) {
      this.space.style.setProperty("--height", `${this.#places.whole}px`);
      this.scroller.scrollTop += moved; // what is looked at stays where it is
    }
    return changed;
  }

  #copy() {
    const items = this.wanted ? this.#items : this.queue.items;
    const text = items.map((item) => [NAMES[item.status](), item.path, item.reason].filter(Boolean).join("\t")).join("\n");
    copyText(text, { done: interpolate(ngettext("%s line is copied.", "%s lines are copied.", items.length), [number(items.length)]) });
  }
}

class Row {
  #status = h("span", { class: "pill" });
  #folder = h("span", { class: "muted" });
  #file = h("span");
  #name = h("span", { class: "report-name" }, [this.#folder, this.#file]);
  #reason = h("span", { class: "report-reason muted" });
  #size = h("span", { class: "report-size muted number" });
  #progress = h("span", { class: "progress", hidden: true });
  #shown = "";

  constructor() {
    this.element = h("div", { class: "report-row", role: "listitem" }, [this.#status, this.#name, this.#reason, this.#progress, this.#size]);
  }

  show(item) {
    const sending = item.status === "sending";
    if (sending) this.#progress.style.setProperty("--value", String(item.size ? item.sent / item.size : 0));
    const shown = `${item.path}\n${item.status}\n${item.reason}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#status.className = `pill pill-${{ sending: "running", failed: "failed" }[item.status] ?? item.status}`;
    this.#status.textContent = NAMES[item.status]();
    const cut = item.path.lastIndexOf("/") + 1;
    this.#folder.textContent = item.path.slice(0, cut);
    this.#file.textContent = item.path.slice(cut);
    this.#reason.textContent = item.reason;
    this.#size.textContent = item.size ? bytes(item.size) : "";
    this.#progress.hidden = !sending;
  }
}
