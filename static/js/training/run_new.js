import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { leaveFor, once } from "../widgets/busy.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { AugmentationPreview } from "./augmentation_preview.js";
import { CheckPanel } from "./check_panel.js";
import { ModelChooser } from "./model_chooser.js";
import { Plan, problemsOf } from "./plan.js";
import { PresetShelf } from "./preset_shelf.js";
import { RateFinder } from "./rate_finder.js";
import { SpecDraft } from "./spec_draft.js";
import { readFields } from "./spec_fields.js";
import { SpecForm } from "./spec_form.js";
import { SpecText } from "./spec_text.js";
import { VersionChoice } from "./version_choice.js";
import { WeightsChoice } from "./weights_choice.js";
import { WorkerSpeeds } from "./worker_speeds.js";


/** The form of a new run. What is chosen is kept in this browser until the run was started. */
class NewRun {
  #element;
  #draft;
  #versions;
  #plan;
  #weights;
  #form;
  #name;
  #train;

  constructor(element) {
    this.#element = element;
    this.#name = $("[name=name]", element);
    this.#train = $("[data-train]", element);
    this.#begin();
  }

  async #begin() {
    let schema, presets;
    try {
      [schema, presets] = await Promise.all([api.get("/api/runs/schema/"), api.get("/api/presets/")]);
    } catch (error) {
      toast(error.message, { kind: "error", seconds: 60, action: { label: gettext("Try again"), run: () => this.#begin() } });
      return;
    }
    const fields = readFields(schema);
    this.#draft = new SpecDraft(fields, schema.defaults_by_task);
    this.#versions = new VersionChoice($("[data-versions]", this.#element), read("new-run-versions"));
    await this.#recall(schema.answers);
    this.#wire(fields, presets, schema.answers);
    this.#element.removeAttribute("aria-busy");
    this.#train.disabled = false;
  }

  #wire(fields, presets, answers) {
    const draft = this.#draft;
    const task = $("[name=task]", this.#element);
    const chooser = new ModelChooser(presets.results, draft, new WorkerSpeeds(this.#element.dataset.project));
    const shelf = new PresetShelf($("[data-shelf]", this.#element), presets.results, draft, () => chooser.open([...task.options]));
    this.#weights = new WeightsChoice($("[data-weights]", this.#element), draft, { models: read("new-run-models"), files: presets.weight_files, preset: () => shelf.preset });
    this.#form = new SpecForm($("[data-groups]", this.#element), fields, draft);
    new SpecText($("[data-json]", this.#element), draft);
    const preview = new AugmentationPreview($("[data-augmentation]", this.#element), draft, { version: () => this.#versions.version.id, classes: read("new-run-classes") });
    on(task, "change", () => draft.set("task", task.value));
    const plan = this.#plan = new Plan($("[data-plan]", this.#element), { body: () => ({ spec: draft.spec, version: this.#versions.version.id }), preset: () => shelf.preset, answers });
    plan.addEventListener("planned", (event) => this.#planned(/** @type {CustomEvent} */ (event).detail));
    draft.addEventListener("change", () => {
      task.value = draft.get("task");
      plan.ask();
      this.#remember();
    });
    this.#versions.addEventListener("change", () => {
      plan.ask();
      preview.ask();
      this.#remember();
    });
    const around = { url: this.#element.dataset.trials, body: () => ({ spec: draft.spec, version: this.#versions.version.id }), sound: () => this.#sound(), refused: (error) => this.#refused(error) };
    new CheckPanel($("[data-check-panel]", this.#element), $("[data-check]", this.#element), around, [draft, this.#versions]);
    new RateFinder(this.#form.box("learning_rate"), around, draft);
    task.value = draft.get("task");
    on(this.#name, "input", () => this.#remember());
    on($("[data-reset]", this.#element), "click", () => this.#reset());
    on(this.#element, "submit", (event) => {
      event.preventDefault();
      once(this.#train, () => this.#start());
    });
  }

  #planned({ plan, problems }) {
    if (plan) this.#form.showResolved(plan.resolved);
    this.#weights.showProblem(problems.weights ?? "");
    this.#tell(Object.entries(problems).filter(([name]) => name !== "weights" && !this.#form.has(name)).map(([name, text]) => `${name}: ${text}`).join(" "));
  }

  /** An earlier run's spec or a model to go on from, else what was being written here before. */
  async #recall(answers) {
    const query = new URLSearchParams(location.search);
    const kept = JSON.parse(localStorage.getItem(this.#key) ?? "null");
    const asked = `${query.get("from_run") ?? ""}/${query.get("from_model") ?? ""}`;
    const { kind } = this.#element.dataset;
    this.#draft.set("task", kind in answers ? kind : "classification"); // kinds of projects are called as tasks are
    if (kept && (asked === "/" || kept.asked === asked)) {
      this.#draft.load(kept.spec);
      this.#name.value = kept.name;
      this.#versions.choose(kept.version);
    } else {
      await this.#take(query);
    }
    this.#versions.choose(Number(query.get("version")));
  }

  async #take(query) {
    try {
      const model = query.get("from_model") && (await api.get(`/api/models/${Number(query.get("from_model"))}/`));
      const run = model ? model.run : Number(query.get("from_run"));
      if (!run) return;
      const from = await api.get(`/api/runs/${run}/`);
      this.#draft.load(model ? { ...from.spec, weights: { model: model.id } } : from.spec);
      this.#versions.choose(from.version.id);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  #remember() {
    const query = new URLSearchParams(location.search);
    query.set("version", String(this.#versions.version.id));
    history.replaceState(null, "", `?${query}`);
    const asked = `${query.get("from_run") ?? ""}/${query.get("from_model") ?? ""}`;
    localStorage.setItem(this.#key, JSON.stringify({ asked, spec: this.#draft.spec, name: this.#name.value, version: this.#versions.version.id }));
  }

  get #key() {
    return `new-run-${this.#element.dataset.project}`;
  }

  async #reset() {
    const sure = await confirmDialog({ title: gettext("Start this form again?"), text: gettext("Everything goes back to the defaults."), confirm: gettext("Start again") });
    if (!sure) return;
    localStorage.removeItem(this.#key);
    location.assign(`?version=${this.#versions.version.id}`);
  }

  /** Whether everything that was typed can be; what cannot is shown. */
  #sound() {
    this.#tell("");
    if (this.#form.sound) return true;
    this.#form.showProblems({});
    $("[aria-invalid=true]", this.#element)?.closest("details")?.setAttribute("open", "");
    $("[aria-invalid=true]", this.#element)?.focus();
    return false;
  }

  async #start() {
    this.#plan.drop();
    if (!this.#sound()) return;
    try {
      const run = await api.post(this.#element.dataset.runs, { version: this.#versions.version.id, spec: this.#draft.spec, name: this.#name.value.trim() });
      localStorage.removeItem(this.#key);
      await leaveFor(`/runs/${run.id}/`);
    } catch (error) {
      this.#refused(error);
    }
  }

  #refused(error) {
    const { weights, ...rest } = this.#form.showProblems(problemsOf(error.fields));
    this.#weights.showProblem(weights ?? "");
    const texts = Object.entries(rest).map(([name, text]) => (name === "spec" ? text : `${name}: ${text}`));
    this.#tell(texts.join(" ") || (Object.keys(error.fields).length ? gettext("Some fields need another value.") : error.message));
  }

  #tell(text) {
    const place = $("[data-error]", this.#element);
    place.hidden = !text;
    place.replaceChildren(icon("circle-alert"), text);
  }
}

const read = (id) => JSON.parse(document.getElementById(id).textContent);

attach("data-run-form", (element) => new NewRun(element));
