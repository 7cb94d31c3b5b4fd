import { $, $$, h, on } from "../lib/dom.js";
import { bytes, number } from "../lib/format.js";
import { copyText } from "../widgets/copy.js";

const ROW = 34;
const BEYOND = 6;
const NAMES = {
  waiting: () => gettext("Waiting"), sending: () => gettext("Sending"), added: () => gettext("Added"),
  duplicate: () => gettext("Already there"), refused: () => gettext("Refused"), failed: () => gettext("Failed"),
};

/** The list of all files and what became of each. Draws only the rows in sight. */
export class Report {
  #rows = new Map();
  #wanted = "";
  #items = [];
  #drawn = "";

  /** @param {HTMLElement} root @param {any} queue */
  constructor(root, queue) {
    this.queue = queue;
    this.root = root;
    this.scroller = $("[data-rows]", root);
    this.space = h("div", { class: "report-space", role: "presentation" });
    this.scroller.append(this.space);
    on(this.scroller, "scroll", () => this.#drawRows());
    on(root, "click", "[data-show]", (_event, button) => {
      this.#wanted = button.dataset.show;
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
    this.space.style.setProperty("--height", `${this.#items.length * ROW}px`);
    this.#drawRows();
  }

  /** The filtered list is made anew only when a status has changed. */
  #matching() {
    const { counts, items } = this.queue;
    if (!this.#wanted) return items;
    const mark = JSON.stringify(counts) + items.length;
    if (mark === this.#drawn) return this.#items;
    this.#drawn = mark;
    const statuses = this.#wanted === "open" ? ["waiting", "sending"] : [this.#wanted];
    return items.filter((item) => statuses.includes(item.status));
  }

  #drawRows() {
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / ROW) - BEYOND);
    const last = Math.min(this.#items.length, Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight) / ROW) + BEYOND);
    for (const [place, row] of this.#rows) {
      if (place >= first && place < last) continue;
      row.element.remove();
      this.#rows.delete(place);
    }
    for (let place = first; place < last; place += 1) {
      let row = this.#rows.get(place);
      if (!row) {
        row = new Row(place);
        this.#rows.set(place, row);
        this.space.append(row.element);
      }
      row.show(this.#items[place]);
    }
  }

  #copy() {
    const items = this.#wanted ? this.#items : this.queue.items;
    const text = items.map((item) => [NAMES[item.status](), item.path, item.reason].filter(Boolean).join("\t")).join("\n");
    copyText(text, { done: interpolate(ngettext("%s line is copied.", "%s lines are copied.", items.length), [number(items.length)]) });
  }
}

class Row {
  #status = h("span", { class: "pill" });
  #folder = h("span", { class: "report-folder truncate muted" });
  #file = h("span", { class: "truncate" });
  #name = h("span", { class: "report-name" }, [this.#folder, this.#file]);
  #reason = h("span", { class: "report-reason truncate muted" });
  #size = h("span", { class: "report-size muted number" });
  #progress = h("span", { class: "progress", hidden: true });
  #shown = "";

  constructor(place) {
    this.element = h("div", { class: "report-row", role: "listitem", style: { "--top": `${place * ROW}px` } }, [this.#status, this.#name, this.#reason, this.#progress, this.#size]);
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
    this.#name.title = item.path;
    this.#reason.textContent = item.reason;
    this.#reason.title = item.reason;
    this.#size.textContent = item.size ? bytes(item.size) : "";
    this.#progress.hidden = !sending;
  }
}
