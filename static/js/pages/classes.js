import { api } from "../api/client.js";
import { AttributeDialog } from "../classes/attribute_dialog.js";
import { Changes } from "../classes/changes.js";
import { deleteDialog } from "../classes/delete_dialog.js";
import { mergeDialog } from "../classes/merge_dialog.js";
import { ClassRow } from "../classes/row.js";
import { makeSortable } from "../classes/sorting.js";
import { splitDialog } from "../classes/split_dialog.js";
import { openTextDialog } from "../classes/text_dialog.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { namesIn } from "../lib/names.js";
import { toast } from "../widgets/toast.js";

class ClassesPage {
  #options = JSON.parse($("#classes-options").textContent);
  #rows = new Map(); // li -> ClassRow, to read the order from the list
  #list;
  #page;
  #changes;
  #going = new Set();

  constructor(page) {
    this.#page = page;
    this.#list = $("[data-list]", page);
    if (this.#options.mayManage) {
      makeSortable(this.#list, ".class-handle", () => this.#saveOrder());
      on($("[data-add]", page), "submit", (event) => this.#add(event));
    }
    on($("[data-as-text]"), "click", () => this.#asText());
    this.#changes = new Changes($("[data-changes]", page), this.#options, {
      ended: () => this.#load(),
      going: (ids) => this.#mark(ids),
    });
    this.#load();
  }

  get #address() {
    return `/api/projects/${this.#options.project}/classes/`;
  }

  get #classes() {
    return [...this.#list.children].map((row) => this.#rows.get(row)?.labelClass).filter(Boolean);
  }

  async #load() {
    try {
      const { results } = await api.get(this.#address);
      this.#list.replaceChildren();
      this.#rows.clear();
      results.forEach((each) => this.#show(each));
      this.#mark(this.#going);
      this.#list.removeAttribute("aria-busy");
      this.#showNone();
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#load() } });
    }
  }

  #show(labelClass) {
    const row = new ClassRow(labelClass, this.#options, {
      change: (id, fields) => this.#change(id, fields),
      move: (moved, step) => this.#move(moved, step),
      attributes: (of) => this.#attributes(of),
      merge: (of) => this.#ask(() => mergeDialog(of.labelClass, this.#classes.filter(({ id }) => id !== of.labelClass.id), this.#addressOf(of))),
      split: (of) => this.#ask(() => splitDialog(of.labelClass, this.#addressOf(of))),
      remove: (of) => this.#ask(() => deleteDialog(of.labelClass, this.#addressOf(of))),
    });
    this.#rows.set(row.element, row);
    this.#list.append(row.element);
  }

  #showNone() {
    $("[data-none]", this.#page).hidden = this.#list.childElementCount > 0;
  }

  async #add(event) {
    event.preventDefault();
    const input = event.target.elements.names;
    const left = namesIn(input.value);
    try {
      while (left.length) {
        this.#show(await api.post(this.#address, { name: left[0] }));
        left.shift();
      }
    } catch (error) {
      toast(`${left[0]}: ${Object.values(error.fields).flat()[0] ?? error.message}`, { kind: "error" });
    }
    input.value = left.join(", ");
    input.focus();
    this.#showNone();
  }

  #addressOf(row) {
    return `${this.#address}${row.labelClass.id}/`;
  }

  async #change(id, fields) {
    const changed = await api.patch(`${this.#address}${id}/`, fields);
    this.#changes.told();
    return changed;
  }

  async #attributes(row) {
    const saved = await new AttributeDialog(row.labelClass, this.#addressOf(row)).open();
    if (!saved) return;
    row.labelClass = saved.class;
    row.show();
    if (saved.change) this.#changes.told();
  }

  /** A dialog that starts a change of the annotations. */
  async #ask(dialog) {
    try {
      if (!(await dialog())) return;
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    this.#changes.told();
    this.#load();
  }

  #mark(going) {
    this.#going = going;
    for (const row of this.#rows.values()) row.going = going.has(row.labelClass.id);
  }

  #move(row, step) {
    const target = step < 0 ? row.element.previousElementSibling : row.element.nextElementSibling?.nextElementSibling;
    if (step < 0 && !target) return;
    this.#list.insertBefore(row.element, target ?? null);
    const place = [...this.#list.children].indexOf(row.element) + 1;
    $("[data-said]", this.#page).textContent = interpolate(gettext("%s is now number %s."), [row.labelClass.name, place]);
    this.#saveOrder();
  }

  async #saveOrder() {
    try {
      await api.put(`${this.#address}order/`, { ids: this.#classes.map(({ id }) => id) });
      this.#changes.told();
    } catch (error) {
      toast(error.message, { kind: "error" });
      await this.#load();
    }
  }

  async #asText() {
    const applied = await openTextDialog(this.#classes, this.#options.mayManage ? `${this.#address}text/` : null);
    if (!applied) return;
    if (applied.change) this.#changes.told();
    this.#load();
  }
}

attach("data-classes", (page) => new ClassesPage(page));
