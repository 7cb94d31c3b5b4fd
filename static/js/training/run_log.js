import { $, h, on } from "../lib/dom.js";
import { clock } from "../lib/format.js";

const LEVELS = ["debug", "info", "warning", "error"];
const LINE = /^(\d\d:\d\d:\d\d) (debug|info|warning|error): (.*)$/;
const NEAR = 24;

/** The last lines of a run's log, which follow what is written until somebody scrolls back. */
export class RunLog {
  #store;
  #lines;
  #follow;
  #level;
  #none;
  #shown = [];

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store */
  constructor(element, store) {
    this.#store = store;
    this.#lines = $("[data-lines]", element);
    this.#follow = $("[data-follow]", element);
    this.#level = $("[data-level]", element);
    this.#none = $("[data-no-lines]", element);
    on(this.#level, "change", () => this.#redraw());
    on(this.#follow, "change", () => this.#toEnd());
    on(this.#lines, "scroll", () => this.#scrolled(), { passive: true });
    store.observe(["log"], () => this.#show());
  }

  /** Only what is new is added, and what the store has let go is taken away. */
  #show() {
    const wanted = this.#wanted();
    const gone = this.#shown.findIndex((line) => line === wanted[0]);
    if (!wanted.length || gone < 0) return this.#redraw(wanted);
    for (let count = 0; count < gone; count += 1) this.#lines.firstChild.remove();
    const added = wanted.slice(this.#shown.length - gone);
    this.#lines.append(...added.map(row));
    this.#shown = wanted;
    this.#toEnd();
  }

  #redraw(wanted = this.#wanted()) {
    this.#shown = wanted;
    this.#lines.replaceChildren(...wanted.map(row));
    this.#none.hidden = Boolean(wanted.length);
    this.#lines.hidden = !wanted.length;
    this.#toEnd();
  }

  #wanted() {
    const least = LEVELS.indexOf(this.#level.value);
    return this.#store.log.filter(({ level }) => LEVELS.indexOf(level) >= least);
  }

  #toEnd() {
    if (this.#follow.checked) this.#lines.scrollTop = this.#lines.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#lines;
    this.#follow.checked = scrollHeight - scrollTop - clientHeight < NEAR;
  }
}

function row({ level, message, time, at }) {
  return h("li", { class: `log-${level}` }, [
    h("time", { class: "muted" }, at ?? (time ? clock(time * 1000) : "")),
    level !== "info" && h("span", { class: "log-level" }, level),
    h("span", { class: "log-message" }, message),
  ]);
}

/** The lines of a log file; what other programs wrote there has neither time nor level. @param {string} text */
export function linesOf(text) {
  return text.split("\n").filter((line) => line.trim()).map((line) => {
    const found = LINE.exec(line);
    return found ? { at: found[1], level: found[2], message: found[3] } : { at: "", level: "debug", message: line };
  });
}
