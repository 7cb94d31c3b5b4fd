import { $, on } from "../lib/dom.js";

const PAUSE_MS = 400;

/** The spec as JSON: it follows the form, and the form follows it. */
export class SpecText {
  #text;
  #error;
  #draft;
  #timer;

  /** @param {HTMLElement} element @param {import("./spec_draft.js").SpecDraft} draft */
  constructor(element, draft) {
    this.#text = $("textarea", element);
    this.#error = $(".field-error", element);
    this.#draft = draft;
    draft.addEventListener("change", () => document.activeElement === this.#text || this.#show());
    on(this.#text, "input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#take(), PAUSE_MS);
    });
    on(this.#text, "blur", () => this.#take() && this.#show());
    this.#show();
  }

  #show() {
    this.#text.value = JSON.stringify(this.#draft.spec, null, 2);
    this.#tell("");
  }

  #take() {
    clearTimeout(this.#timer);
    let spec;
    try {
      spec = JSON.parse(this.#text.value);
    } catch (error) {
      this.#tell(error.message);
      return false;
    }
    const plain = spec !== null && typeof spec === "object" && !Array.isArray(spec);
    this.#tell(plain ? "" : gettext("A spec is an object: { … }"));
    if (plain && JSON.stringify(spec) !== JSON.stringify(this.#draft.spec)) this.#draft.load(spec);
    return plain;
  }

  #tell(text) {
    this.#error.textContent = text;
    if (text) this.#text.setAttribute("aria-invalid", "true");
    else this.#text.removeAttribute("aria-invalid");
  }
}
