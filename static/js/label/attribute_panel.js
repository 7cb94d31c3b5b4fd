import { $, fill, h, on } from "../lib/dom.js";
import { missingIn, withValue } from "../lib/attributes.js";

/** Attributes of the classes that the image has as a whole, to be seen and set. */
export class AttributePanel {
  #element;
  #set;
  #locked;
  #shown = "";

  /**
   * @param {HTMLElement} element
   * @param {(id: string, attributes: any) => void} set
   * @param {boolean} locked only to look at
   */
  constructor(element, set, locked) {
    this.#element = element;
    this.#set = set;
    this.#locked = locked;
  }

  /** @param {any[]} annotations @param {Map<number, any>} classes */
  show(annotations, classes) {
    const tags = annotations.filter((each) => each.shape === "tag" && classes.get(each.class)?.attributes?.length);
    // Drawn only when it would look different: whoever types in it must not lose the focus to an answer of the server.
    const key = JSON.stringify(tags.map((each) => [each.id, each.class, classes.get(each.class).attributes, each.attributes]));
    if (key === this.#shown) return;
    this.#shown = key;
    this.#element.hidden = !tags.length;
    const focused = document.activeElement?.closest?.("[data-value]")?.getAttribute("data-value");
    fill($("[data-attribute-list]", this.#element), tags.map((each) => this.#group(each, classes.get(each.class))));
    if (focused) this.#field(focused)?.focus();
  }

  /** Where the first required value is missing. */
  focusMissing() {
    const field = $("[aria-required=true][data-empty]", this.#element);
    field?.focus();
    field?.scrollIntoView({ block: "nearest" });
  }

  #field(key) {
    return $(`[data-value="${CSS.escape(key)}"]`, this.#element);
  }

  #group(annotation, label) {
    const missing = new Set(missingIn(label.attributes, annotation.attributes));
    return h("fieldset", { class: "label-attribute-group", disabled: this.#locked, style: { "--chip-color": label.color } }, [
      h("legend", null, h("span", { class: "chip" }, label.name)),
      label.attributes.map((each) => {
        const value = annotation.attributes?.[each.name];
        const control = controlOf(each, value, (next) => this.#set(annotation.id, withValue(annotation.attributes, each.name, next)));
        const lacking = missing.has(each.name);
        control.dataset.value = `${annotation.id} ${each.name}`;
        if (each.required) control.setAttribute("aria-required", "true");
        if (lacking) control.dataset.empty = "";
        return h("label", { class: `field label-attribute ${lacking ? "label-attribute-missing" : ""}` }, [
          h("span", { class: "label" }, [each.name, each.required && h("span", { class: "label-required", title: gettext("Required") }, "*")]),
          control,
        ]);
      }),
    ]);
  }
}

function controlOf(attribute, value, set) {
  const { type } = attribute;
  if (type === "select") return choice([...attribute.options, ...(value !== undefined && !attribute.options.includes(value) ? [value] : [])].map((each) => [each, each]), value, set);
  if (type === "checkbox") return choice([["true", gettext("Yes")], ["false", gettext("No")]], value, (next) => set({ true: true, false: false }[next]));
  const limits = type === "number" ? { type: "number", min: attribute.min, max: attribute.max, step: attribute.step ?? "any" } : { type: "text", maxlength: 10_000 };
  const input = h("input", { class: "input", autocomplete: "off", value: value ?? "", ...limits });
  on(input, "change", () => {
    input.setAttribute("aria-invalid", String(!input.validity.valid));
    if (!input.reportValidity()) return;
    set(type === "number" && input.value !== "" ? Number(input.value) : input.value);
  });
  on(input, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (event.key === "Escape") input.value = value ?? "";
    input.blur();
  });
  return input;
}

function choice(choices, value, set) {
  const select = h("select", { class: "select" }, [["", "–"], ...choices].map(([each, text]) => h("option", { value: each, selected: each === String(value ?? "") }, text)));
  on(select, "change", () => {
    // The keys of the page belong to the image again.
    select.blur();
    set(select.value);
  });
  return select;
}
