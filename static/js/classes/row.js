import { shapeName } from "../lib/annotation_words.js";
import { h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { colorMenu, shapesMenu } from "./menus.js";

/** One label class of the list: changes are sent at once, and refused ones are taken back. */
export class ClassRow {
  #change;
  #options;
  #verbs;
  #saving = 0;
  #menus = /** @type {any} */ (null);

  /**
   * @param {any} labelClass
   * @param {{mayManage: boolean, palette: string[], shapes: string[]}} options
   * @param {{change: (id: number, fields: any) => Promise<any>, move: (row: ClassRow, step: number) => void, attributes: (row: ClassRow) => void, skeleton: (row: ClassRow) => void, merge: (row: ClassRow) => void, split: (row: ClassRow) => void, remove: (row: ClassRow) => void}} verbs
   */
  constructor(labelClass, options, verbs) {
    this.labelClass = labelClass;
    this.#options = options;
    this.#verbs = verbs;
    this.#change = verbs.change;
    const locked = !options.mayManage;
    this.handle = h("button", { class: "btn btn-ghost btn-icon btn-small class-handle", type: "button", "aria-label": interpolate(gettext("Move “%s”"), [labelClass.name]) }, icon("grip-vertical"));
    this.color = h("button", { class: "class-color", type: "button", disabled: locked, popovertarget: `color-${labelClass.id}`, "aria-haspopup": "true", "aria-expanded": "false" });
    this.name = this.#input("name", { maxlength: 200, disabled: locked, "aria-label": gettext("Name") });
    this.key = this.#input("key", { class: "input class-key", maxlength: 1, disabled: locked, "aria-label": gettext("Key"), title: gettext("Key: 0-9 or a-z") });
    this.shapes = h("button", { class: "btn btn-ghost btn-small class-shapes", type: "button", disabled: locked, popovertarget: `shapes-${labelClass.id}`, "aria-haspopup": "true", "aria-expanded": "false" });
    this.problem = h("p", { class: "field-error class-problem", role: "alert", hidden: true });
    this.attributes = h("button", { class: "btn btn-ghost btn-small class-attributes", type: "button", disabled: locked, on: { click: () => verbs.attributes(this) } });
    this.more = h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", popovertarget: `more-${labelClass.id}`, "aria-haspopup": "true", "aria-expanded": "false" }, icon("ellipsis"));
    this.element = h("li", { class: "class-row", dataset: { class: labelClass.id } }, [
      locked ? h("span") : this.handle, this.color, this.name, this.attributes, this.shapes, this.key, locked ? h("span") : this.more, this.problem,
    ]);
    // Two hundred classes have more menu entries than a page should hold: each row gets its menus when it is touched.
    if (!locked) for (const event of ["pointerenter", "focusin"]) on(this.element, event, () => this.#makeMenus());
    on(this.handle, "keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      verbs.move(this, step);
      this.handle.focus();
    });
    this.#show(labelClass);
  }

  #makeMenus() {
    if (this.#menus) return;
    const { id, color, shapes } = this.labelClass;
    const { palette, shapes: all } = this.#options;
    const verb = (icon_, label, run, kind = "") => h("button", { class: kind, type: "button", on: { click: () => run(this) } }, [icon_, label]);
    this.#menus = {
      color: colorMenu(`color-${id}`, palette, color, (chosen) => this.save({ color: chosen })),
      shapes: shapesMenu(`shapes-${id}`, all, shapes, (chosen) => this.save({ shapes: chosen })),
    };
    this.element.append(
      this.#menus.color.element,
      this.#menus.shapes.element,
      h("div", { class: "menu", id: `more-${id}`, popover: "auto" }, [
        verb(icon("list-plus"), gettext("Attributes…"), this.#verbs.attributes),
        verb(icon("person-standing"), gettext("Skeleton…"), this.#verbs.skeleton),
        verb(icon("merge"), gettext("Merge into another…"), this.#verbs.merge),
        verb(icon("split"), gettext("Split off…"), this.#verbs.split),
        h("hr"),
        verb(icon("trash-2"), gettext("Delete…"), this.#verbs.remove, "danger"),
      ]),
    );
  }

  /** Being merged or deleted: nothing can be done with it any more. */
  set going(is) {
    this.element.inert = is;
    this.element.classList.toggle("class-going", is);
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

  /** As the server has it now, unless something is being saved here: that answer is newer. */
  take(labelClass) {
    if (!this.#saving) this.#show(labelClass);
  }

  /** What is being typed stays. */
  #show(labelClass) {
    const typing = (input, saved) => input === document.activeElement && input.value !== saved;
    const typed = { name: typing(this.name, this.labelClass.name), key: typing(this.key, this.labelClass.key) };
    this.labelClass = labelClass;
    const { name, key, color, shapes, attributes, skeleton } = this.labelClass;
    if (!typed.name) this.name.value = name;
    if (!typed.key) this.key.value = key;
    this.color.style.setProperty("--chip-color", color);
    this.color.setAttribute("aria-label", interpolate(gettext("Colour of “%s”: %s"), [name, color]));
    this.name.title = name;
    this.handle.setAttribute("aria-label", interpolate(gettext("Move “%s”"), [name]));
    this.more.setAttribute("aria-label", interpolate(gettext("More for “%s”"), [name]));
    const count = attributes.length;
    this.attributes.textContent = count ? interpolate(ngettext("%s attribute", "%s attributes", count), [count]) : gettext("No attributes");
    this.attributes.title = attributes.map((each) => each.name).join(", ");
    const points = skeleton?.points?.length;
    const said = shapes.length ? shapes.map(shapeName).join(", ") : gettext("Every shape");
    this.shapes.replaceChildren(h("span", { class: "truncate" }, points ? interpolate(ngettext("%(shapes)s; %(count)s point", "%(shapes)s; %(count)s points", points), { shapes: said, count: points }, true) : said));
    this.#menus?.color.choose(color);
    this.#menus?.shapes.choose(shapes);
  }

  async save(fields) {
    this.problem.hidden = true;
    this.#saving += 1;
    let saved = this.labelClass;
    try {
      saved = await this.#change(this.labelClass.id, fields);
    } catch (error) {
      this.problem.textContent = error.plain ?? error.message;
      this.problem.hidden = false;
    }
    this.#saving -= 1;
    this.#show(saved);
  }
}
