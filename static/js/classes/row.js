import { h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { colorMenu, shapesMenu } from "./menus.js";

/** One label class of the list: changes are sent at once, and refused ones are taken back. */
export class ClassRow {
  #change;

  /**
   * @param {any} labelClass
   * @param {{mayManage: boolean, palette: string[], shapes: string[]}} options
   * @param {{change: (id: number, fields: any) => Promise<any>, remove: (row: ClassRow) => void, move: (row: ClassRow, step: number) => void}} verbs
   */
  constructor(labelClass, options, { change, remove, move }) {
    this.labelClass = labelClass;
    this.#change = change;
    const locked = !options.mayManage;
    this.handle = h("button", { class: "btn btn-ghost btn-icon btn-small class-handle", type: "button", "aria-label": interpolate(gettext("Move “%s”"), [labelClass.name]) }, icon("grip-vertical"));
    this.color = h("button", { class: "class-color", type: "button", disabled: locked, popovertarget: `color-${labelClass.id}`, "aria-haspopup": "true", "aria-expanded": "false" });
    this.name = this.#input("name", { maxlength: 200, disabled: locked, "aria-label": gettext("Name") });
    this.key = this.#input("key", { class: "input class-key", maxlength: 1, disabled: locked, "aria-label": gettext("Key"), title: gettext("Key: 0-9 or a-z") });
    this.shapes = h("button", { class: "btn btn-ghost btn-small class-shapes", type: "button", disabled: locked, popovertarget: `shapes-${labelClass.id}`, "aria-haspopup": "true", "aria-expanded": "false" });
    this.problem = h("p", { class: "field-error class-problem", role: "alert", hidden: true });
    const bin = h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Delete “%s”"), [labelClass.name]), on: { click: () => remove(this) } }, icon("trash-2"));
    this.element = h("li", { class: "class-row" }, [
      locked ? h("span") : this.handle, this.color, this.name, this.shapes, this.key, locked ? h("span") : bin, this.problem,
      !locked && colorMenu(`color-${labelClass.id}`, options.palette, labelClass.color, (color) => this.save({ color })),
      !locked && shapesMenu(`shapes-${labelClass.id}`, options.shapes, labelClass.shapes, (shapes) => this.save({ shapes })),
    ]);
    on(this.handle, "keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      move(this, step);
      this.handle.focus();
    });
    this.show();
  }

  #input(field, props) {
    const input = /** @type {HTMLInputElement} */ (h("input", { class: "input", autocomplete: "off", spellcheck: "false", ...props }));
    on(input, "change", () => this.save({ [field]: input.value.trim() }));
    on(input, "keydown", (event) => {
      if (event.key === "Enter") input.blur();
      if (event.key === "Escape") {
        input.value = this.labelClass[field];
        input.blur();
      }
    });
    return input;
  }

  show() {
    const { name, key, color, shapes } = this.labelClass;
    this.name.value = name;
    this.key.value = key;
    this.color.style.setProperty("--chip-color", color);
    this.color.setAttribute("aria-label", interpolate(gettext("Colour of “%s”: %s"), [name, color]));
    this.shapes.replaceChildren(h("span", { class: "truncate" }, shapes.length ? shapes.join(", ") : gettext("Every shape")));
  }

  async save(fields) {
    this.problem.hidden = true;
    try {
      this.labelClass = await this.#change(this.labelClass.id, fields);
    } catch (error) {
      this.problem.textContent = Object.values(error.fields ?? {}).flat()[0] ?? error.message;
      this.problem.hidden = false;
    }
    this.show();
  }
}
