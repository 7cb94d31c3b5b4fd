import { $, $$, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { parseValue, problemOf } from "./spec_fields.js";

/** Chosen by widgets of their own, above the groups. */
const ELSEWHERE = new Set(["task", "preset", "weights"]);
const GROUPS = {
  Data: { icon: "image", name: () => gettext("Data") },
  Model: { icon: "boxes", name: () => gettext("Model") },
  Optimiser: { icon: "trending-down", name: () => gettext("Optimiser") },
  Augmentation: { icon: "wand-sparkles", name: () => gettext("Augmentation") },
  Hardware: { icon: "cpu", name: () => gettext("Hardware") },
};

/** The folded groups of fields that a schema describes, wired to a draft. */
export class SpecForm {
  #draft;
  #fields;
  #boxes = new Map();
  #resolved = {};

  /**
   * @param {HTMLElement} element
   * @param {import("./spec_fields.js").Field[]} fields
   * @param {import("./spec_draft.js").SpecDraft} draft
   */
  constructor(element, fields, draft) {
    this.#draft = draft;
    this.#fields = fields.filter((field) => !ELSEWHERE.has(field.path));
    element.replaceChildren(...Object.keys(GROUPS).map((name) => this.#group(name)).filter(Boolean));
    draft.addEventListener("change", (event) => this.#follow(/** @type {CustomEvent} */ (event).detail));
    this.#follow("");
  }

  /** What the preset decides for the fields that are left open. @param {Record<string, any>} resolved */
  showResolved(resolved) {
    this.#resolved = resolved;
    for (const field of this.#fields) if (field.automatic) this.#showAutomatic(field);
  }

  /**
   * What the server refuses, each at its field; its group unfolds.
   * @param {Record<string, string>} problems by path
   * @returns {Record<string, string>} those that have no field here
   */
  showProblems(problems) {
    const rest = { ...problems };
    let first = null;
    for (const field of this.#fields) {
      const text = problems[field.path] ?? "";
      this.#showProblem(field, text);
      if (!text) continue;
      delete rest[field.path];
      for (let at = this.#boxes.get(field.path).parentElement; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
      first ??= field.path;
    }
    if (first) $("input, select", this.#boxes.get(first)).focus();
    return rest;
  }

  /** Whether a field of that path is in these groups. @param {string} path */
  has(path) {
    return this.#boxes.has(path);
  }

  /** The box of the field of that path, for what else belongs there. @param {string} path */
  box(path) {
    return this.#boxes.get(path);
  }

  /** Whether everything typed here can be. */
  get sound() {
    return !this.#fields.some((field) => problemOf(field, this.#draft.get(field.path)));
  }

  #group(name) {
    const fields = this.#fields.filter((field) => field.group === name);
    if (!fields.length) return null;
    const plain = fields.filter((field) => !field.advanced);
    const advanced = fields.filter((field) => field.advanced);
    return h("details", { class: "card card-flush spec-group", dataset: { group: name } }, [
      h("summary", null, [icon(GROUPS[name].icon), h("span", { class: "spec-group-name" }, GROUPS[name].name()), h("span", { class: "hint truncate", dataset: { changes: name } }), icon("chevron-down")]),
      h("div", { class: "spec-fields" }, plain.map((field) => this.#box(field))),
      advanced.length && h("details", { class: "spec-advanced", open: !plain.length }, [
        h("summary", null, gettext("Advanced")),
        h("div", { class: "spec-fields" }, advanced.map((field) => this.#box(field))),
      ]),
    ]);
  }

  #box(field) {
    const id = `spec-${field.path.replaceAll(".", "-")}`;
    const control = this.#control(field, id);
    const reset = h("button", { class: "btn btn-ghost btn-icon btn-small spec-reset", type: "button", hidden: true, title: gettext("Back to the default"), "aria-label": interpolate(gettext("%s: back to the default"), [field.title]) }, icon("rotate-ccw"));
    on(reset, "click", () => {
      this.#draft.reset(field.path);
      control.focus();
    });
    const box = h("div", { class: "field spec-field", dataset: { path: field.path } }, [
      h("div", { class: "spec-label" }, [h("label", { htmlFor: id }, field.title), reset]),
      control,
      h("p", { class: "hint", id: `${id}-hint` }, field.description),
      h("p", { class: "field-error", id: `${id}-error`, role: "alert" }),
    ]);
    this.#boxes.set(field.path, box);
    return box;
  }

  #control(field, id) {
    const about = { id, name: field.path, "aria-describedby": `${id}-error ${id}-hint` };
    let control;
    if (field.kind === "boolean") control = h("input", { ...about, class: "switch", type: "checkbox", role: "switch" });
    else if (field.kind === "choice") control = h("select", { ...about, class: "select" }, field.choices.map((choice) => h("option", { value: choice }, readable(choice))));
    else control = h("input", { ...about, class: "input number", type: "text", inputmode: field.kind === "integer" ? "numeric" : "decimal", autocomplete: "off" });
    on(control, field.kind === "boolean" || field.kind === "choice" ? "change" : "input", () => {
      const text = field.kind === "boolean" ? String(control.checked) : control.value;
      const value = parseValue(field, text);
      this.#draft.set(field.path, value);
      this.#showProblem(field, problemOf(field, value));
    });
    return control;
  }

  #follow(path) {
    for (const field of this.#fields) {
      if (path && field.path !== path) continue;
      const box = this.#boxes.get(field.path);
      const control = $("input, select", box);
      const value = this.#draft.get(field.path);
      if (field.kind === "boolean") control.checked = value;
      else if (document.activeElement !== control || parseValue(field, control.value) !== value) control.value = Number.isNaN(value) ? control.value : (value ?? "");
      if (field.choicesByTask) this.#offer(field, control, value);
      box.hidden = Boolean(field.tasks && !field.tasks.includes(this.#draft.get("task")));
      $(".spec-reset", box).hidden = !this.#draft.changed(field.path);
      box.classList.toggle("changed", this.#draft.changed(field.path));
      this.#showProblem(field, problemOf(field, value));
    }
    for (const label of $$("[data-changes]")) label.textContent = this.#changesOf(label.dataset.changes);
  }

  /** The choices that the task at hand has. */
  #offer(field, control, value) {
    const choices = field.choicesByTask[this.#draft.get("task")] ?? field.choices;
    control.replaceChildren(...choices.map((choice) => h("option", { value: choice }, readable(choice))));
    control.value = value;
  }

  #changesOf(group) {
    const changed = this.#fields.filter((field) => field.group === group && this.#draft.changed(field.path));
    return changed.map((field) => `${field.title}: ${shown(this.#draft.get(field.path))}`).join(", ");
  }

  #showAutomatic(field) {
    const value = this.#resolved[field.path];
    const control = $("input", this.#boxes.get(field.path));
    control.placeholder = value == null ? gettext("Automatic") : interpolate(gettext("Automatic: %s"), [shown(value)]);
  }

  #showProblem(field, text) {
    const box = this.#boxes.get(field.path);
    const control = $("input, select", box);
    $(".field-error", box).textContent = text;
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/** "letterbox" -> "Letterbox" */
const readable = (choice) => String(choice).charAt(0).toUpperCase() + String(choice).slice(1).replaceAll("_", " ");

function shown(value) {
  if (typeof value === "boolean") return value ? gettext("on") : gettext("off");
  return typeof value === "number" ? number(value, { maximumSignificantDigits: 4, useGrouping: false }) : readable(value);
}
