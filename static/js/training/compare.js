import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { CompareCharts } from "./compare_charts.js";
import { legend } from "./compare_legend.js";
import { metricsTable, settingsTable } from "./compare_tables.js";
import { unfinished } from "./run_status.js";
import { specDifferences } from "./spec_rows.js";

const PERIOD_MS = 3000;
const COLORS = 6;
const OTHERS = 200;

/** Runs side by side: curves, final metrics, settings. */
class Compare {
  #element;
  #chosen = [];
  #others = [];
  #charts;
  #schema;
  #timer;

  constructor(element) {
    this.#element = element;
    this.#charts = new CompareCharts($("[data-charts]", element));
    for (const name of ["train", "validation", "smoothing"]) on(this.#part(name), "input", () => this.#showCharts());
    on(this.#part("differing"), "change", () => this.#showSettings());
    this.#load(element.dataset.compareRuns.split(",").filter(Boolean));
  }

  #part(name) {
    return $(`[data-${name}]`, this.#element);
  }

  async #load(ids) {
    try {
      const [schema, list, ...entries] = await Promise.all([
        api.get("/api/runs/schema/"),
        api.get(`${this.#element.dataset.runsUrl}?page_size=${OTHERS}`),
        ...ids.map((id) => this.#entry(id)),
      ]);
      this.#schema = schema;
      this.#others = list.results;
      for (const entry of entries) this.#take(entry);
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#load(ids) } });
      return;
    }
    this.#part("loading").remove();
    this.#show();
    this.#soon();
  }

  /** A run with its spec, given and resolved. */
  async #entry(id) {
    const run = await api.get(`/api/runs/${id}/`);
    const plan = await api.post("/api/runs/schedule/", { spec: run.spec, version: run.version.id }).catch(() => ({ resolved: run.spec }));
    return { run, resolved: { ...plan.resolved, epochs: run.epochs || plan.resolved.epochs }, shown: true, color: "" };
  }

  /** The first colour that no other run has. */
  #take(entry) {
    const colors = Array.from({ length: COLORS }, (_none, at) => `--chart-${at + 1}`);
    entry.color = colors.find((color) => !this.#chosen.some((each) => each.color === color)) ?? colors[this.#chosen.length % COLORS];
    this.#chosen.push(entry);
  }

  #soon() {
    clearTimeout(this.#timer);
    if (this.#chosen.some(({ run }) => unfinished(run))) this.#timer = setTimeout(() => this.#refresh(), PERIOD_MS);
  }

  async #refresh() {
    const waiting = this.#chosen.filter(({ run }) => unfinished(run));
    try {
      for (const entry of waiting) entry.run = await api.get(`/api/runs/${entry.run.id}/`);
      this.#showCharts();
      this.#showMetrics();
    } catch (error) {
      if (error.status && error.status < 500) return toast(error.message, { kind: "error" });
    }
    this.#soon();
  }

  #show() {
    const enough = this.#chosen.length > 1;
    const address = new URL(location.href);
    address.searchParams.set("runs", this.#chosen.map(({ run }) => run.id).join(","));
    history.replaceState(null, "", decodeURIComponent(address.href));
    this.#part("few").hidden = enough;
    this.#part("compared").hidden = !enough;
    this.#showLegend();
    if (!enough) return;
    this.#showCharts();
    this.#showMetrics();
    this.#showSettings();
  }

  #showLegend() {
    const ids = new Set(this.#chosen.map(({ run }) => run.id));
    const others = this.#others.filter((run) => !ids.has(run.id));
    const place = this.#part("legend");
    const focused = place.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset.key;
    place.replaceChildren(legend(this.#chosen, others, {
      toggle: (entry) => {
        entry.shown = !entry.shown;
        this.#showLegend();
        this.#showCharts();
      },
      remove: (entry) => {
        this.#chosen = this.#chosen.filter((each) => each !== entry);
        this.#show();
      },
      add: (run) => this.#add(run),
    }));
    if (focused) $(`[data-key="${focused}"]`, place)?.focus();
  }

  async #add(run) {
    try {
      this.#take(await this.#entry(run.id));
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    this.#show();
    this.#soon();
  }

  #showCharts() {
    const weight = Number(this.#part("smoothing").value);
    this.#part("smoothing-value").textContent = number(weight, { minimumFractionDigits: 2 });
    this.#charts.show(this.#chosen.filter(({ shown }) => shown), {
      train: this.#part("train").checked,
      validation: this.#part("validation").checked,
      weight,
    });
  }

  #showMetrics() {
    this.#part("metrics").replaceChildren(metricsTable(this.#chosen));
  }

  #showSettings() {
    const rows = specDifferences(this.#schema, this.#chosen.map(({ resolved }) => resolved));
    const shown = this.#part("differing").checked ? rows.filter((row) => row.differs) : rows;
    this.#part("same").hidden = shown.length > 0;
    this.#part("spec").replaceChildren(...(shown.length ? [settingsTable(this.#chosen, shown)] : []));
  }
}

attach("data-compare-runs", (element) => new Compare(element));
