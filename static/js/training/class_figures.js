import { h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { saveCsv } from "./csv.js";

/** @type {{key: string, title: () => string, share?: boolean}[]} */
const COLUMNS = [
  { key: "name", title: () => gettext("Class") },
  { key: "ap", title: () => gettext("AP 50:95"), share: true },
  { key: "ap50", title: () => gettext("AP 50"), share: true },
  { key: "iou", title: () => gettext("IoU"), share: true },
  { key: "dice", title: () => gettext("Dice"), share: true },
  { key: "average_precision", title: () => gettext("Average precision"), share: true },
  { key: "precision", title: () => gettext("Precision"), share: true },
  { key: "recall", title: () => gettext("Recall"), share: true },
  { key: "f1", title: () => gettext("F1"), share: true },
  { key: "support", title: () => gettext("Images") },
  { key: "found", title: () => gettext("Found") },
];

/** The figures of every class as a table that each column sorts. */
export class ClassFigures {
  #element;
  #rows;
  #columns;
  #classes;
  #name;
  #open;
  #by = "f1";
  #down = false;

  /**
   * @param {HTMLElement} element
   * @param {any[]} rows per_class of metrics.json
   * @param {{classes: Map<number, any>, name: string, open: (id: number) => void}} options
   */
  constructor(element, rows, { classes, name, open }) {
    this.#element = element;
    this.#rows = rows;
    this.#columns = COLUMNS.filter(({ key }) => rows.some((row) => key in row)).map((column) => (column.key === "support" ? { ...column, title: () => whatCounts(rows[0]) } : column));
    this.#by = ["ap", "iou"].find((key) => key in rows[0]) ?? "f1";
    this.#classes = classes;
    this.#name = name;
    this.#open = open;
    this.#draw();
  }

  #draw(focus = "") {
    const sign = this.#down ? -1 : 1;
    const rows = this.#rows.toSorted((a, b) => sign * compare(a[this.#by], b[this.#by]));
    this.#element.replaceChildren(
      h("div", { class: "card-head" }, [
        h("h2", null, gettext("By class")),
        h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#save() } }, [icon("download"), "CSV"]),
      ]),
      h("div", { class: "table-scroll class-figures" }, h("table", { class: "table" }, [
        h("thead", null, h("tr", null, this.#columns.map((column) => this.#head(column)))),
        h("tbody", null, rows.map((row) => h("tr", null, this.#columns.map((column) => this.#cell(row, column))))),
      ])),
    );
    if (focus) /** @type {HTMLElement|null} */ (this.#element.querySelector(`[data-sort="${focus}"]`))?.focus();
  }

  #head({ key, title }) {
    const sorted = key === this.#by && (this.#down ? "descending" : "ascending");
    const sort = () => {
      this.#down = key === this.#by ? !this.#down : false;
      this.#by = key;
      this.#draw(key);
    };
    return h("th", { scope: "col", class: key === "name" ? "" : "number", "aria-sort": sorted }, h("button", { class: "sort", type: "button", dataset: { sort: key }, on: { click: sort } }, [title(), sorted && icon(this.#down ? "arrow-down" : "arrow-up")]));
  }

  /** @param {any} row @param {{key: string, share?: boolean}} column */
  #cell(row, { key, share }) {
    if (key === "name") {
      const color = this.#classes.get(row.class_id)?.color;
      const open = () => this.#open(row.class_id);
      if (row.class_id === null) return h("th", { scope: "row" }, h("span", { class: "chip" }, gettext("Background")));
      return h("th", { scope: "row" }, h("button", { class: "class-open", type: "button", title: gettext("Show its images"), on: { click: open } }, h("span", { class: "chip", style: color && { "--chip-color": color } }, row.name)));
    }
    const value = row[key];
    if (!share) return h("td", { class: "number" }, number(value));
    if (value == null) return h("td", { class: "number" }, "–");
    return h("td", { class: "number share", style: { "--share": value } }, percent(value, 1));
  }

  #save() {
    saveCsv(`${this.#name}-classes.csv`, [this.#columns.map(({ key }) => key), ...this.#rows.map((row) => this.#columns.map(({ key }) => row[key]))]);
  }
}

/** What the support of a class is counted in. */
function whatCounts(row) {
  if ("ap" in row) return gettext("Labels");
  return "iou" in row ? gettext("Pixels") : gettext("Images");
}

function compare(one, other) {
  if (typeof one === "string") return one.localeCompare(other, undefined, { numeric: true });
  return (one ?? -1) - (other ?? -1);
}
