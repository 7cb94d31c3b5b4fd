import { $, $$, h, on } from "../lib/dom.js";

/** What the weights start from: nothing, ImageNet, a file on the server, or a model of the project. */
export class WeightsChoice {
  #element;
  #draft;
  #models;
  #files;
  #preset;

  /**
   * @param {HTMLElement} element
   * @param {import("./spec_draft.js").SpecDraft} draft
   * @param {{models: any[], files: string[], preset: () => any}} there
   */
  constructor(element, draft, { models, files, preset }) {
    this.#element = element;
    this.#draft = draft;
    this.#models = models;
    this.#files = files;
    this.#preset = preset;
    element.append(h("h2", null, gettext("Start from")), this.#choices(), this.#file(), this.#model(), h("p", { class: "field-error", role: "alert", dataset: { weightsError: "" } }));
    draft.addEventListener("change", (event) => {
      const path = /** @type {CustomEvent} */ (event).detail;
      if (!path || path === "weights" || path === "preset") this.#show();
    });
    this.#show();
  }

  /** @param {string} text empty takes it away */
  showProblem(text) {
    $("[data-weights-error]", this.#element).textContent = text;
    if (text) this.#element.scrollIntoView({ block: "center" });
  }

  #choices() {
    const choices = [
      ["none", gettext("From scratch"), gettext("First weights drawn at random.")],
      ["imagenet", gettext("ImageNet weights"), gettext("Published weights, fetched by name; the server needs the network once.")],
      ["file", gettext("A file on the server"), gettext(".h5, .weights.h5 or .keras")],
      ["model", gettext("A model of this project"), gettext("Fine-tune what is already trained.")],
    ];
    const box = h("div", { class: "choices weights-choices", role: "radiogroup", "aria-label": gettext("Start from") }, choices.map(([value, title, hint]) =>
      h("label", { class: "choice" }, [h("input", { type: "radio", name: "weights-kind", value }), h("strong", null, title), h("span", { class: "hint" }, hint)])));
    on(box, "change", (event) => this.#choose(event.target.value));
    return box;
  }

  #file() {
    const input = h("input", { class: "input mono", name: "weights-file", list: "weight-files", autocomplete: "off", placeholder: "mobilenet_0_25_224_tf_no_top.h5" });
    on(input, "input", () => this.#draft.set("weights", input.value.trim()));
    return h("label", { class: "field", dataset: { of: "file" }, hidden: true }, [
      h("span", { class: "label" }, gettext("Path, or name in the server's weights folder")),
      input,
      h("datalist", { id: "weight-files" }, this.#files.map((file) => h("option", { value: file }))),
    ]);
  }

  #model() {
    const select = h("select", { class: "select", name: "weights-model" }, this.#models.map((model) => h("option", { value: model.id }, `${model.name} (${model.run__spec__preset ?? "compact_cnn"})`)));
    on(select, "change", () => this.#chooseModel(Number(select.value)));
    return h("label", { class: "field", dataset: { of: "model" }, hidden: true }, [h("span", { class: "label" }, gettext("Model to go on from")), select]);
  }

  #choose(kind) {
    this.showProblem("");
    if (kind === "none" || kind === "imagenet") this.#draft.set("weights", kind);
    if (kind === "file") this.#draft.set("weights", this.#files[0] ?? "");
    if (kind === "model") this.#chooseModel(Number($("[name=weights-model]", this.#element).value));
    if (kind === "file") $("[name=weights-file]", this.#element).focus();
  }

  /** A model can only go on as what it is. */
  #chooseModel(id) {
    const preset = this.#models.find((model) => model.id === id)?.run__spec__preset;
    if (preset) this.#draft.set("preset", preset);
    this.#draft.set("weights", { model: id });
  }

  get #kind() {
    const weights = this.#draft.get("weights");
    if (weights === "none" || weights === "imagenet") return weights;
    return typeof weights === "object" ? "model" : "file";
  }

  #show() {
    const kind = this.#kind;
    const published = this.#preset()?.weights.includes("imagenet") ?? true;
    if (kind === "imagenet" && !published) {
      this.#draft.set("weights", "none");
      return;
    }
    for (const input of $$("[name=weights-kind]", this.#element)) {
      input.checked = input.value === kind;
      const able = { imagenet: published, model: this.#models.length > 0 }[input.value] ?? true;
      input.disabled = !able;
      input.closest(".choice").classList.toggle("unable", !able);
    }
    for (const more of $$("[data-of]", this.#element)) more.hidden = more.dataset.of !== kind;
    const input = $("[name=weights-file]", this.#element);
    const weights = this.#draft.get("weights");
    if (kind === "file" && document.activeElement !== input) input.value = weights;
    if (kind === "model") $("[name=weights-model]", this.#element).value = weights.model;
  }
}
