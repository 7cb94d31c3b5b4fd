import { $, $$, fill, h, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { Confusion } from "./confusion.js";
import { saveCsv } from "./csv.js";

const ROOMY = 12; // up to so many classes the numbers have much room
const READABLE = 30; // beyond, cells are squares without numbers
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The confusion matrix as a grid that one walks through with the arrow keys; a cell opens its images. */
export class ConfusionView {
  #confusion;
  #classes;
  #choose;
  #told;
  #table;
  #reading = h("p", { class: "hint confusion-reading", "aria-hidden": "true" }); // each cell says the same by itself
  #shares = false;

  /**
   * @param {HTMLElement} element
   * @param {any} counted classes and matrix
   * @param {Map<number, any>} classes by id
   * @param {{name: string, told: (count: number) => string, choose: (row: number, column: number) => void}} options name of the CSV; what a cell counts, as a sentence; class ids
   */
  constructor(element, counted, classes, { name, told, choose }) {
    this.#told = told;
    this.#confusion = new Confusion(counted);
    const ids = counted.background ? [...counted.classes, null] : counted.classes;
    this.#classes = ids.map((id) => classes.get(id) ?? { id, name: `#${id}`, color: "" });
    this.#choose = choose;
    this.#table = this.#grid();
    /** @type {[boolean, string][]} */
    const ways = [[false, gettext("Counts")], [true, gettext("Shares of the true class")]];
    const buttons = ways.map(([shares, title]) => h("button", { class: "btn btn-small", type: "button", "aria-pressed": String(shares === this.#shares), on: { click: (event) => this.#switch(Boolean(shares), event.currentTarget) } }, title));
    fill(
      element,
      h("div", { class: "card-head" }, [
        h("h2", null, gettext("Confusion")),
        h("div", { class: "row" }, [
          h("div", { class: "btn-group", role: "group", "aria-label": gettext("What the cells say") }, buttons),
          h("button", { class: "btn btn-small", type: "button", on: { click: () => saveCsv(`${name}-confusion.csv`, this.#rows()) } }, [icon("download"), "CSV"]),
        ]),
      ]),
      h("div", { class: "confusion-scroll" }, this.#table),
      this.#reading,
      h("p", { class: "hint" }, gettext("Rows: what they are; columns: what the model says. A cell opens its images; arrow keys walk.")),
      this.#worst(),
    );
  }

  #grid() {
    const count = this.#classes.length;
    const size = count <= ROOMY ? "roomy" : count <= READABLE ? "tight" : "tiny";
    const table = h("table", { class: `confusion confusion-${size}`, role: "grid", "aria-label": gettext("Confusion matrix") }, [
      h("thead", null, h("tr", null, [
        h("td", { class: "confusion-corner" }, [h("span", null, gettext("true ↓")), h("span", null, gettext("said →"))]),
        this.#classes.map((each) => h("th", { scope: "col", title: each.name }, h("span", null, each.name))),
      ])),
      h("tbody", null, this.#classes.map((each, row) => h("tr", null, [
        h("th", { scope: "row", title: each.name }, h("span", null, each.name)),
        this.#classes.map((_other, column) => this.#cell(row, column)),
      ]))),
    ]);
    on(table, "click", "td[data-row]", (_event, cell) => this.#open(cell));
    on(table, "keydown", "td[data-row]", (event, cell) => this.#key(event, cell));
    for (const event of ["pointerover", "focusin"]) on(table, event, "td[data-row]", (_event, cell) => (this.#reading.textContent = cell.title));
    return table;
  }

  #cell(row, column) {
    const { count, share } = this.#confusion.cell(row, column);
    const [truth, said] = [this.#classes[row].name, this.#classes[column].name];
    const label = interpolate(this.#told(count), [number(count), truth, said, percent(share)]);
    return h("td", {
      class: `${row === column ? "right" : "wrong"}${count ? "" : " none"}`, role: "gridcell", tabindex: row + column ? -1 : 0,
      "aria-label": label, title: label, style: { "--share": share }, dataset: { row, column },
    }, this.#text(count, share));
  }

  #text(count, share) {
    if (!count || this.#classes.length > READABLE) return "";
    return this.#shares ? percent(share) : short(count);
  }

  #switch(shares, button) {
    this.#shares = shares;
    for (const each of $$(".btn", button.parentElement)) each.setAttribute("aria-pressed", String(each === button));
    for (const cell of $$("td[data-row]", this.#table)) {
      const { count, share } = this.#confusion.cell(Number(cell.dataset.row), Number(cell.dataset.column));
      cell.textContent = this.#text(count, share);
    }
  }

  #key(event, cell) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#open(cell);
      return;
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = $(`td[data-row="${Number(cell.dataset.row) + step[0]}"][data-column="${Number(cell.dataset.column) + step[1]}"]`, this.#table);
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  #open(cell) {
    for (const each of $$("[aria-selected=true]", this.#table)) each.removeAttribute("aria-selected");
    cell.setAttribute("aria-selected", "true");
    this.#choose(this.#classes[cell.dataset.row].id, this.#classes[cell.dataset.column].id);
  }

  /** The pairs that are mixed up most, in words. */
  #worst() {
    const worst = this.#confusion.worst(5);
    if (!worst.length) return h("p", { class: "notice notice-success" }, [icon("circle-check"), h("span", null, gettext("Nothing was mistaken for another class."))]);
    return h("div", { class: "row confusion-worst" }, [
      h("span", { class: "small muted" }, gettext("Mixed up most:")),
      worst.map(({ row, column, count }) => h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#open($(`td[data-row="${row}"][data-column="${column}"]`, this.#table)) } },
        `${this.#classes[row].name} → ${this.#classes[column].name} · ${short(count)}`)),
    ]);
  }

  #rows() {
    const names = this.#classes.map((each) => each.name);
    return [["true \\ predicted", ...names], ...this.#confusion.matrix.map((counts, row) => [names[row], ...counts])];
  }
}

/** As many figures as fit a cell: 12,345 -> "12.3K" */
const short = (count) => number(count, count < 10_000 ? {} : { notation: "compact", maximumSignificantDigits: 3 });
