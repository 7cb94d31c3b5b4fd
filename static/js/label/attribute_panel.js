import { $, fill, h, on, write } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { stableJson } from "../lib/stable_json.js";
import { AttributeField } from "./attribute_field.js";

const MOST = 20; // annotations whose fields are there: whoever selects a thousand shapes fills in none of them here
const CONTROLS = "a, button, input, select, textarea, label, summary";

/** Attributes of labels, to be seen and set: of the image as a whole, and of what is selected. */
export class AttributePanel {
  #element;
  #verbs;
  #locked;
  #shown = "";
  #fields = new Map(); // "annotation attribute" -> AttributeField
  #drawing = false;
  #pressed = false; // a control, with the pointer: it says itself what comes next

  /**
   * @param {HTMLElement} element
   * @param {{set: (id: string, name: string, value: any) => void, left: () => void}} verbs left: whoever filled it in
   *   is done with it
   * @param {boolean} locked only to look at
   */
  constructor(element, verbs, locked) {
    this.#element = element;
    this.#verbs = verbs;
    this.#locked = locked;
    on(element, "focusout", (event) => this.#left(event));
    on(document, "pointerdown", (event) => (this.#pressed = Boolean(event.target.closest?.(CONTROLS))), true);
    on(document, "keydown", () => (this.#pressed = false), true);
    on(globalThis, "pagehide", () => this.save());
  }

  /** @param {any[]} annotations @param {Map<number, any>} classes */
  show(annotations, classes) {
    const all = annotations.filter((each) => classes.get(each.class)?.attributes?.length).toSorted((a, b) => Number(b.shape === "tag") - Number(a.shape === "tag"));
    const listed = all.slice(0, MOST);
    this.#sayMore(all.length - listed.length);
    const key = stableJson(listed.map(({ id, class: label }) => [id, classes.get(label).name, classes.get(label).color, classes.get(label).attributes]));
    if (key !== this.#shown) this.#draw(listed, classes);
    this.#shown = key;
    for (const { id, class: label, attributes } of listed) {
      for (const { name } of classes.get(label).attributes) this.#fields.get(`${id} ${name}`).show(attributes?.[name]);
    }
  }

  /** Save what has just been typed. */
  save() {
    for (const field of this.#fields.values()) field.save();
  }

  /** Where the first required value is missing. */
  focusMissing() {
    const field = [...this.#fields.values()].find((each) => each.missing);
    field?.control.focus();
    field?.control.scrollIntoView({ block: "nearest" });
  }

  #sayMore(count) {
    const more = $("[data-attributes-more]", this.#element);
    more.hidden = count === 0;
    write(more, interpolate(ngettext("and %s more that is selected", "and %s more that are selected", count), [number(count)]));
  }

  #draw(listed, classes) {
    const old = this.#fields;
    let goOn = () => {};
    this.#fields = new Map();
    const groups = listed.map((each) => this.#group(each, classes.get(each.class)));
    for (const [key, field] of this.#fields) {
      const before = old.get(key);
      if (before?.control === document.activeElement) goOn = field.takeOver(before);
    }
    this.#drawing = true;
    this.#element.hidden = !listed.length;
    fill($("[data-attribute-list]", this.#element), groups);
    goOn();
    this.#drawing = false;
  }

  #group({ id, attributes }, label) {
    return h("fieldset", { class: "label-attribute-group", disabled: this.#locked, style: { "--chip-color": label.color } }, [
      h("legend", null, h("span", { class: "chip" }, label.name)),
      label.attributes.map((each) => {
        const field = new AttributeField(each, attributes?.[each.name], {
          set: (value) => this.#verbs.set(id, each.name, value),
          done: () => this.#verbs.left(),
        });
        this.#fields.set(`${id} ${each.name}`, field);
        return field.element;
      }),
    ]);
  }

  #left({ relatedTarget }) {
    if (this.#drawing || this.#pressed || this.#element.contains(relatedTarget)) return;
    // Another window has the focus: the field keeps it here.
    if (document.hasFocus()) this.#verbs.left();
  }
}
