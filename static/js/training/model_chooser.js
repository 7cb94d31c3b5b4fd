import { ScatterChart } from "../charts/scatter_chart.js";
import { $, fill, h, on, write } from "../lib/dom.js";
import { bytes, number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { modelRows, viewed } from "./model_rows.js";

const compact = (value) => number(value, { notation: "compact", maximumSignificantDigits: 3 });
const short = (value) => number(value, { maximumSignificantDigits: 3 });

/** @type {{key: string, title: () => string, show?: (row: any) => any, hint?: () => string}[]} */
const COLUMNS = [
  { key: "title", title: () => gettext("Model") },
  { key: "parameters", title: () => gettext("Parameters"), show: (row) => compact(row.parameters) },
  { key: "gflops", title: () => gettext("GFLOPs"), show: (row) => short(row.gflops), hint: () => gettext("Billions of operations for one image at the model's own input size") },
  { key: "edge", title: () => gettext("Input"), show: (row) => `${row.edge} px` },
  { key: "memory", title: () => gettext("Memory"), show: (row) => bytes(row.memory), hint: () => gettext("While it is trained with its own batch size, on a CPU: an estimate") },
  { key: "train", title: () => gettext("Trains img/s"), show: (row) => speed(row, row.train), hint: () => gettext("Images a second in training, measured on the worker") },
  { key: "predict", title: () => gettext("Predicts img/s"), show: (row) => speed(row, row.predict), hint: () => gettext("Images a second in prediction, measured on the worker") },
  { key: "score", title: () => gettext("ImageNet"), show: (row) => (row.score === null ? "–" : percent(row.score, 1)), hint: () => gettext("Published top-1 accuracy of the weights that it can start from") },
  { key: "weights", title: () => gettext("Weights"), show: (row) => (row.weights ? "ImageNet" : "–") },
  { key: "licence", title: () => gettext("Licence"), show: (row) => h("span", { title: row.source }, row.licence) },
];

const AXES = {
  gflops: { label: () => gettext("GFLOPs for one image"), log: true, format: short },
  train: { label: () => gettext("Images a second in training"), log: true, format: compact },
  predict: { label: () => gettext("Images a second in prediction"), log: true, format: compact },
  parameters: { label: () => gettext("Parameters"), log: true, format: compact },
  memory: { label: () => gettext("Memory in training"), log: true, format: bytes },
  score: { label: () => gettext("ImageNet top-1"), log: false, format: (value) => percent(value) },
};
const ACROSS = ["train", "predict", "gflops", "memory"];
const UP = ["score", "parameters"];

/** The whole shelf in a dialog: a table that every column sorts, and cost drawn against score. */
export class ModelChooser {
  #presets;
  #draft;
  #speeds;
  #dialog;
  #chart;
  #task;
  #view = { size: "any", start: "any", by: "gflops", down: false, across: "", up: "score" };

  /**
   * @param {any[]} presets
   * @param {import("./spec_draft.js").SpecDraft} draft
   * @param {import("./worker_speeds.js").WorkerSpeeds} speeds
   */
  constructor(presets, draft, speeds) {
    this.#presets = presets;
    this.#draft = draft;
    this.#speeds = speeds;
    speeds.addEventListener("change", () => this.#dialog?.open && this.#draw());
    speeds.addEventListener("trouble", (event) => toast(/** @type {CustomEvent} */ (event).detail, { kind: "error" }));
  }

  /** @param {{value: string, textContent: string}[]} tasks that a person may choose between */
  async open(tasks) {
    this.#task = this.#draft.get("task");
    this.#dialog = this.#make(tasks);
    this.#chart = new ScatterChart($("[data-chart]", this.#dialog), (name) => this.#choose(name));
    const closed = openDialog(this.#dialog);
    this.#draw();
    this.#speeds.watch();
    await closed;
    this.#speeds.unwatch();
    this.#dialog.remove();
  }

  #make(tasks) {
    return makeDialog({
      title: gettext("Compare models"),
      class: "model-chooser",
      body: [
        h("div", { class: "row model-filters" }, [
          this.#select("task", gettext("Task"), tasks.map((each) => [each.value, each.textContent]), this.#task),
          this.#select("size", gettext("Size"), [["any", gettext("any size")], ["small", gettext("up to 1 M parameters")], ["medium", gettext("1 to 5 M parameters")], ["large", gettext("more than 5 M")]]),
          this.#select("start", gettext("Weights"), [["any", gettext("any start")], ["published", gettext("published weights")], ["scratch", gettext("from scratch only")]]),
        ]),
        h("p", { class: "hint model-speeds", role: "status", dataset: { speeds: "" } }),
        h("div", { class: "row" }, [
          h("button", { class: "btn btn-small", type: "button", dataset: { measure: "" }, on: { click: () => this.#speeds.measure(this.#task) } }, [icon("gauge"), h("span", null, gettext("Measure on this worker"))]),
          h("button", { class: "btn btn-small btn-ghost", type: "button", dataset: { measureStop: "" }, on: { click: () => this.#speeds.stop() } }, gettext("Stop measuring")),
        ]),
        h("div", { class: "table-scroll model-table", tabindex: "0", role: "region", "aria-label": gettext("Models") }, h("table", { class: "table" }, [h("thead"), h("tbody")])),
        h("section", { class: "model-plot" }, [
          h("div", { class: "row" }, [
            this.#select("up", gettext("Up"), UP.map((key) => [key, AXES[key].label()])),
            this.#select("across", gettext("Across"), ACROSS.map((key) => [key, AXES[key].label()])),
          ]),
          h("div", { dataset: { chart: "" } }),
          h("p", { class: "hint", dataset: { plotHint: "" } }),
        ]),
      ],
    });
  }

  #select(name, label, choices, value = choices[0][0]) {
    const select = h("select", { class: "select", name: `model-${name}` }, choices.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
    on(select, "change", () => {
      if (name === "task") this.#task = select.value;
      else this.#view[name] = select.value;
      this.#draw();
    });
    return h("label", { class: "model-filter" }, [h("span", { class: "hint" }, label), select]);
  }

  #draw(focus = "") {
    const all = modelRows(this.#presets, this.#task, this.#speeds.known);
    const rows = viewed(all, this.#view);
    fill($("thead", this.#dialog), h("tr", null, COLUMNS.map((column) => this.#head(column))));
    fill($("tbody", this.#dialog), rows.length ? rows.map((row) => this.#row(row)) : h("tr", null, h("td", { colspan: COLUMNS.length, class: "muted" }, gettext("No model passes these filters."))));
    if (focus) $(`[data-sort="${focus}"]`, this.#dialog)?.focus();
    this.#tell(all);
    this.#plot(rows);
  }

  #tell(rows) {
    const { node, device, unfinished } = this.#speeds;
    const measured = rows.filter((row) => row.train !== null).length;
    const at = rows.find((row) => row.state === "measuring");
    const texts = [
      node ? interpolate(gettext("%s of %s models were measured on %s%s."), [measured, rows.length, node, device && ` (${device})`]) : gettext("No worker that trains is alive: nothing can be measured."),
      at && interpolate(gettext("%s is being measured."), [at.title]),
      !at && unfinished > 0 && gettext("Waiting for the worker: runs come first."),
    ];
    write($("[data-speeds]", this.#dialog), texts.filter(Boolean).join(" "));
    $("[data-measure]", this.#dialog).disabled = !node || unfinished > 0;
    $("[data-measure-stop]", this.#dialog).hidden = !unfinished;
  }

  /** @param {{key: string, title: () => string, hint?: () => string}} column */
  #head({ key, title, hint }) {
    const sorted = key === this.#view.by && (this.#view.down ? "descending" : "ascending");
    const sort = () => {
      this.#view.down = key === this.#view.by ? !this.#view.down : false;
      this.#view.by = key;
      this.#draw(key);
    };
    return h("th", { scope: "col", class: numeric(key) ? "number" : "", "aria-sort": sorted, title: hint?.() }, h("button", { class: "sort", type: "button", dataset: { sort: key }, on: { click: sort } }, [title(), sorted && icon(this.#view.down ? "arrow-down" : "arrow-up")]));
  }

  #row(row) {
    const chosen = row.name === this.#draft.get("preset");
    return h("tr", { class: chosen ? "chosen" : "", dataset: { model: row.name } }, COLUMNS.map(({ key, show }) => {
      if (key !== "title") return h("td", { class: numeric(key) ? "number" : "" }, show(row));
      return h("th", { scope: "row" }, h("button", { class: "btn btn-small model-choose", type: "button", "aria-pressed": String(chosen), title: row.about, on: { click: () => this.#choose(row.name) } }, [chosen && icon("check"), row.title]));
    }));
  }

  #plot(rows) {
    const across = this.#view.across || (rows.some((row) => row.train !== null) ? "train" : "gflops");
    const up = rows.some((row) => row[this.#view.up] !== null) ? this.#view.up : "parameters";
    $("[name=model-across]", this.#dialog).value = across;
    $("[name=model-up]", this.#dialog).value = up;
    const shown = rows.filter((row) => row[across] !== null && row[up] !== null);
    const left = rows.length - shown.length;
    write($("[data-plot-hint]", this.#dialog), left ? interpolate(ngettext("%s model has no value for one of these and is not drawn.", "%s models have no value for one of these and are not drawn.", left), [left]) : gettext("A click on a point chooses its model."));
    const chart = $("[data-chart]", this.#dialog);
    chart.hidden = !shown.length;
    if (!shown.length) return;
    const points = shown.map((row) => ({ key: row.name, label: row.title, x: row[across], y: row[up], chosen: row.name === this.#draft.get("preset"), faint: !row.weights }));
    const axis = (key) => ({ ...AXES[key], label: AXES[key].label() });
    this.#chart.show(points, { x: axis(across), y: axis(up), summary: interpolate(gettext("%s against %s of %s models"), [AXES[up].label(), AXES[across].label(), points.length]) });
  }

  #choose(name) {
    this.#draft.set("task", this.#task);
    this.#draft.set("preset", name);
    this.#dialog.close();
  }
}

const numeric = (key) => !["title", "weights", "licence"].includes(key);

function speed(row, value) {
  if (row.state === "measuring") return h("span", { class: "muted" }, gettext("measuring"));
  if (value !== null) return short(value);
  if (row.state === "waiting") return h("span", { class: "muted" }, gettext("waiting"));
  if (row.state === "failed") return h("span", { class: "muted", title: row.error }, gettext("failed"));
  return "–";
}
