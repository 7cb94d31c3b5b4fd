import { valueText } from "../lib/annotation_words.js";
import { h, on } from "../lib/dom.js";

const PAUSE_MS = 600; // after typing, before it is saved

/**
 * One attribute of one annotation: a control that saves what a person does with it.
 *
 * A text is saved after a pause, a choice at once; a choice that goes by one step with each key is saved when it is
 * made: with Enter, or when the focus leaves. What is being typed is never overwritten by what comes from elsewhere.
 */
export class AttributeField {
  #attribute;
  #set;
  #done;
  #value;
  #before; // what Escape brings back
  #timer;
  #stepping = false;
  #meanwhile = h("span", { class: "hint label-attribute-meanwhile", role: "status" });

  /**
   * @param {import("../lib/attributes.js").Attribute} attribute
   * @param {any} value
   * @param {{set: (value: any) => void, done: () => void}} verbs done: with Enter, or with a choice made by the pointer
   */
  constructor(attribute, value, { set, done }) {
    this.#attribute = attribute;
    this.#set = set;
    this.#done = done;
    this.#value = value;
    this.control = attribute.type === "select" || attribute.type === "checkbox" ? this.#choice() : this.#input();
    this.element = h("label", { class: "field label-attribute" }, [
      h("span", { class: "label" }, [attribute.name, attribute.required && h("span", { class: "label-required", title: gettext("Required") }, "*")]),
      this.control,
      this.#meanwhile,
    ]);
    if (attribute.required) this.control.setAttribute("aria-required", "true");
    on(this.control, "focus", () => (this.#before = this.#value));
    on(this.control, "blur", () => (this.#meanwhile.textContent = ""));
    on(this.control, "keydown", (event) => this.#pressed(event));
    this.show(value);
  }

  get missing() {
    return Boolean(this.#attribute.required) && (this.#value === undefined || this.#value === "");
  }

  /** Something is typed or chosen that is not saved yet. */
  get dirty() {
    return this.control.value !== String(this.#value ?? "");
  }

  show(value) {
    const keeps = this.dirty && (document.activeElement === this.control || !this.control.validity.valid);
    if (keeps && value !== this.#value) this.#tellOf(value);
    this.#value = value;
    if (!keeps) this.#write(value);
    this.element.classList.toggle("label-attribute-missing", this.missing);
  }

  /** Goes on where a control that was drawn before left off. @param {AttributeField} old */
  takeOver(old) {
    if (document.activeElement !== old.control) return () => {};
    const { value, selectionStart: start, selectionEnd: end } = old.control;
    const typed = old.dirty;
    clearTimeout(old.#timer); // it is saved from here
    return () => {
      this.control.focus();
      this.#before = old.#before;
      if (typed) this.control.value = value;
      if (start !== null && this.control.type === "text") this.control.setSelectionRange(start, end);
      if (typed) this.#soon();
    };
  }

  /** Save what is there, unless it cannot be a value. */
  save() {
    clearTimeout(this.#timer);
    if (!this.dirty || !this.control.validity.valid) return;
    this.#value = this.#read();
    this.#set(this.#value);
  }

  /** What is typed goes over it only when the person leaves the field; Escape takes it. */
  #tellOf(value) {
    this.#before = value;
    clearTimeout(this.#timer);
    this.#meanwhile.textContent = interpolate(gettext("Meanwhile set by somebody else: %s"), [valueText(value)]);
  }

  #read() {
    const { value } = this.control;
    if (value === "") return "";
    if (this.#attribute.type === "checkbox") return value === "true";
    return this.#attribute.type === "number" ? Number(value) : value;
  }

  #write(value) {
    const text = String(value ?? "");
    // A value from before the options were changed is one of them here.
    if (this.control.matches("select") && ![...this.control.options].some((each) => each.value === text)) this.control.append(h("option", { value: text }, text));
    this.control.value = text;
  }

  #input() {
    const { type, min, max, step } = this.#attribute;
    const limits = type === "number" ? { type: "number", min, max, step: step ?? "any" } : { type: "text", maxlength: 10_000 };
    const input = h("input", { class: "input", autocomplete: "off", ...limits });
    on(input, "input", () => this.#soon());
    on(input, "change", () => {
      input.setAttribute("aria-invalid", String(!input.validity.valid));
      if (input.reportValidity()) this.save();
    });
    return input;
  }

  #choice() {
    const { type, options = [] } = this.#attribute;
    const choices = type === "checkbox" ? [["true", gettext("Yes")], ["false", gettext("No")]] : options.map((each) => [each, each]);
    const select = h("select", { class: "select" }, [["", "–"], ...choices].map(([each, text]) => h("option", { value: each }, text)));
    on(select, "pointerdown", () => (this.#stepping = false));
    on(select, "change", () => {
      if (this.#stepping) return;
      this.save();
      // The keys of the page belong to the image again.
      select.blur();
      this.#done();
    });
    on(select, "blur", () => this.save());
    return select;
  }

  #pressed(event) {
    const { key } = event;
    // On a closed list each of these chooses; on an open one they only move, and Enter chooses.
    this.#stepping = !event.altKey && (/^(Arrow|Page)|^(Home|End)$/.test(key) || (key.length === 1 && key !== " "));
    if (key === "Escape") {
      this.#write(this.#before);
      this.save();
      this.control.blur();
    } else if (key === "Enter" && (this.control.matches("input") || this.dirty)) {
      event.preventDefault();
      const { valid } = this.control.validity;
      if (!valid) return void this.control.reportValidity();
      this.save();
      this.control.blur();
      this.#done();
    }
  }

  #soon() {
    clearTimeout(this.#timer);
    if (!this.#meanwhile.textContent) this.#timer = setTimeout(() => this.save(), PAUSE_MS);
  }
}
