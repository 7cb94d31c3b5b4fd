import { LineChart, chartCard } from "../charts/line_chart.js";
import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, $$, fill, h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { baselinesOf } from "./baselines.js";
import { showFoundErrors } from "./found_errors.js";
import { ClassFigures } from "./class_figures.js";
import { ConfusionView } from "./confusion_view.js";
import { Outcomes } from "./outcomes.js";
import { precisionRecall } from "./precision_recall.js";
import { reliabilityView } from "./reliability.js";
import { metricNames, plain } from "./run_figures.js";
import { metricName, metricText } from "./run_words.js";

const FIGURES = ["map", "map50", "map75", "miou", "dice", "dice_per_image", "accuracy", "mean_average_precision", "top_k", "macro_f1", "micro_f1", "weighted_f1", "subset_accuracy", "precision", "recall", "f1", "precision_per_image", "map_small", "map_medium", "map_large", "average_recall", "ece", "loss"];
const SPLITS = { test: () => gettext("Test"), validation: () => gettext("Validation") };

/** What a model is worth: on test and on validation images. */
class MetricsPage {
  #element;
  #classes;
  #metrics;
  #split;
  #outcomes;

  constructor(element) {
    this.#element = element;
    this.#classes = new Map(JSON.parse($("#metrics-classes").textContent).map((each) => [each.id, each]));
    this.#load();
  }

  async #load() {
    try {
      this.#metrics = await api.get(`${this.#element.dataset.metrics}metrics/`);
    } catch (error) {
      if (error.status === 404) this.#element.replaceChildren($("template[data-none]").content.cloneNode(true));
      else toast(error.message, { kind: "error", seconds: 60, action: { label: gettext("Try again"), run: () => this.#load() } });
      return;
    }
    this.#learnClasses();
    const there = Object.keys(SPLITS).filter((split) => this.#metrics[split]);
    const asked = new URLSearchParams(location.search).get("split") ?? "";
    this.#switchTo(there.includes(asked) ? asked : there[0]);
    const buttons = there.map((split) => h("button", { class: "btn", type: "button", dataset: { split }, "aria-pressed": String(split === this.#split), on: { click: () => this.#switchTo(split) } }, `${SPLITS[split]()} · ${number(this.#metrics[split].count)}`));
    $("[data-splits]").replaceChildren(h("div", { class: "btn-group" }, buttons));
  }

  /** A class that was deleted since keeps the name it had. */
  #learnClasses() {
    this.#classes.set(null, { id: null, name: gettext("Background"), color: "" });
    for (const row of (this.#metrics.test ?? this.#metrics.validation).per_class) {
      if (!this.#classes.has(row.class_id)) this.#classes.set(row.class_id, { id: row.class_id, name: row.name, color: "" });
    }
  }

  #switchTo(split) {
    this.#split = split;
    for (const button of $$("[data-split]")) button.setAttribute("aria-pressed", String(button.dataset.split === split));
    const address = new URL(location.href);
    address.searchParams.set("split", split);
    history.replaceState(null, "", address);
    this.#draw(this.#metrics[split]);
  }

  #draw(section) {
    const part = () => h("section", { class: "card" });
    const [confusion, classes, images, wrong, unsure, errors] = [part(), part(), part(), part(), part(), part()];
    images.hidden = true;
    this.#element.removeAttribute("aria-busy");
    fill(
      this.#element,
      this.#headline(section),
      section.errors && h("div", { class: "metrics-pair" }, [errors, precisionRecall(section.curves, (id) => this.#classes.get(id)?.name ?? "")]),
      section.confusion && confusion,
      images,
      h("div", { class: "metrics-pair" }, [
        classes,
        section.reliability && h("section", { class: "card" }, [h("div", { class: "card-head" }, h("h2", null, gettext("Is it as sure as it is right?"))), reliabilityView(section.reliability, section.ece)]),
      ]),
      wrong,
      unsure,
      this.#history(),
    );
    this.#outcomes = { place: images, list: this.#list(images) };
    if (section.errors) showFoundErrors(errors, section, (kind, name) => this.#open({ kind, ordering: "-errors" }, name));
    if (section.confusion) new ConfusionView(confusion, section.confusion, this.#classes, { name: this.#name, told: cellText(section), choose: (truth, said) => this.#openCell(truth, said) });
    new ClassFigures(classes, section.per_class, { classes: this.#classes, name: this.#name, open: (id) => this.#openClass(id) });
    const { title, ...worst } = worstOf(section);
    this.#list(wrong).show({ split: this.#split, ...worst }, title);
    this.#list(unsure).show({ split: this.#split, ordering: "-uncertainty" }, gettext("Most uncertain"));
  }

  get #name() {
    return `run-${this.#element.dataset.metrics.match(/\d+/)}-${this.#split}`;
  }

  #list(element) {
    const { metrics, project, model } = this.#element.dataset;
    const explain = model && { url: `${model}predict/`, classes: JSON.parse($("#model-classes").textContent) };
    return new Outcomes(element, { url: `${metrics}predictions/`, project, classes: this.#classes, explain });
  }

  #openCell(truth, said) {
    this.#open(this.#askedBy(truth, said), [this.#chip(truth), h("span", { class: "muted" }, gettext("called")), this.#chip(said), this.#gallery(truth)]);
  }

  /** Which answers a cell of the confusion stands for; null is the background. */
  #askedBy(truth, said) {
    const query = { ...(truth !== null && { true: truth }), ...(said !== null && { predicted: said }) };
    if (!this.#metrics[this.#split].errors || truth === said) return query;
    return { ...query, kind: said === null ? "missed" : truth === null ? "false" : "confused" };
  }

  #openClass(id) {
    if (id !== null) this.#open({ true: id }, [this.#chip(id), this.#gallery(id)]);
  }

  async #open(query, title) {
    const { place, list } = this.#outcomes;
    place.hidden = false;
    await list.show({ split: this.#split, ordering: "-score", ...query }, title);
    place.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  #chip(id) {
    const { name, color } = this.#classes.get(id);
    return h("span", { class: "chip", style: color && { "--chip-color": color } }, name);
  }

  #gallery(id) {
    return id !== null && h("a", { class: "small", href: `/projects/${this.#element.dataset.project}/images/?class=${id}` }, gettext("all of this class in the gallery"));
  }

  #headline(section) {
    const baselines = section.baseline ? baselinesOf(section) : {};
    const figures = FIGURES.filter((name) => section[name] != null).map((name) => figure(name, section, baselines[name]));
    const always = !section.baseline ? about(section) : section.baseline.class == null ? gettext("Beside each figure: what one reaches without looking at the images.") : interpolate(gettext("Beside each figure: what one reaches without looking at the images, by always saying “%s”, or how frequent each class is."), [section.baseline.class]);
    const counts = section.errors ? gettext("An answer counts from a score of %s on, which suited the validation images best.") : gettext("A class counts as said from a probability of %s on, which suited the validation images best.");
    const threshold = section.threshold != null && interpolate(counts, [percent(section.threshold)]);
    return h("section", { class: "card stack stack-tight", "aria-label": gettext("Figures") }, [h("div", { class: "figures" }, figures), h("p", { class: "hint" }, [always, threshold && ` ${threshold}`])]);
  }

  #history() {
    const rows = this.#metrics.history ?? [];
    if (rows.length < 2) return "";
    const charts = metricNames(rows).map((name) => {
      const { card, body } = chartCard(metricName(name));
      const lines = [[name, gettext("Train"), "--chart-1"], [`val_${name}`, gettext("Validation"), "--chart-2"]].filter(([key]) => rows.some((row) => row.metrics[key] != null));
      requestAnimationFrame(() => {
        const chart = new LineChart(body, lines.map(([, label, color]) => ({ label, color })), { x: gettext("Epoch"), height: 180, format: (value) => metricText(plain(name), value), summary: interpolate(gettext("%s over the epochs"), [metricName(name)]) });
        chart.setData([rows.map((row) => row.epoch), ...lines.map(([key]) => rows.map((row) => row.metrics[key] ?? null))]);
      });
      return card;
    });
    return h("section", { class: "stack stack-tight" }, [h("h2", null, gettext("How it got there")), h("div", { class: "metrics-history" }, charts)]);
  }
}

/** How figures without a baseline are to be read. */
function about(section) {
  return section.errors
    ? gettext("mAP is counted as COCO does: over all classes and scores, at overlaps from 50 to 95 per cent, or at one of them.")
    : gettext("IoU is the overlap of what is and what is said, divided by all that either of them covers; Dice counts the overlap twice.");
}

/** What a cell of the confusion counts. */
function cellText(section) {
  if (section.errors) return (count) => ngettext("%s label of “%s” was called “%s” (%s)", "%s labels of “%s” were called “%s” (%s)", count);
  if ("miou" in section) return (count) => ngettext("%s pixel of “%s” was called “%s” (%s)", "%s pixels of “%s” were called “%s” (%s)", count);
  return (count) => ngettext("%s image of “%s” was called “%s” (%s)", "%s images of “%s” were called “%s” (%s)", count);
}

/** Which answers are listed first. */
function worstOf(section) {
  if (section.errors) return { title: gettext("Most wrong"), correct: false, ordering: "-errors" };
  return "miou" in section ? { title: gettext("Least overlap"), ordering: "iou" } : { title: gettext("Sure and wrong"), correct: false, ordering: "-score" };
}

/** One number with its baseline below it. */
function figure(name, section, baseline) {
  const top = name === "top_k" ? section.top_k : null;
  const value = top ? top.accuracy : section[name];
  const title = top ? interpolate(gettext("Among the first %s"), [top.k]) : metricName(name);
  return h("div", { class: "stat" }, [
    h("strong", null, metricText(name, value)),
    h("span", null, title),
    h("span", { class: "figure-baseline number" }, baseline == null ? " " : interpolate(gettext("without looking: %s"), [metricText(name, baseline)])),
  ]);
}

attach("data-metrics", (element) => new MetricsPage(element));
