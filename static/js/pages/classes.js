import { api } from "../api/client.js";
import { ClassRow } from "../classes/row.js";
import { makeSortable } from "../classes/sorting.js";
import { openTextDialog } from "../classes/text_dialog.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { namesIn } from "../lib/names.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";

class ClassesPage {
  #options = JSON.parse($("#classes-options").textContent);
  #rows = new Map(); // li -> ClassRow, to read the order from the list
  #list;
  #page;

  constructor(page) {
    this.#page = page;
    this.#list = $("[data-list]", page);
    if (this.#options.mayManage) {
      makeSortable(this.#list, ".class-handle", () => this.#saveOrder());
      on($("[data-add]", page), "submit", (event) => this.#add(event));
    }
    on($("[data-as-text]"), "click", () => openTextDialog(this.#classes, this.#options.mayManage && ((plan) => this.#apply(plan))));
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
      results.forEach((each) => this.#show(each));
      this.#list.removeAttribute("aria-busy");
      this.#showNone();
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#load() } });
    }
  }

  #show(labelClass) {
    const row = new ClassRow(labelClass, this.#options, {
      change: (id, fields) => api.patch(`${this.#address}${id}/`, fields),
      remove: (gone) => this.#remove(gone),
      move: (moved, step) => this.#move(moved, step),
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

  async #remove(row) {
    const { id, name } = row.labelClass;
    const question = { title: interpolate(gettext("Delete the class “%s”?"), [name]), confirm: gettext("Delete"), danger: true };
    if (!(await confirmDialog(question))) return;
    try {
      await api.delete(`${this.#address}${id}/`);
      row.element.remove();
      this.#showNone();
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
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
    } catch (error) {
      toast(error.message, { kind: "error" });
      await this.#load();
    }
  }

  async #apply({ add, change }) {
    for (const { id, fields } of change) await api.patch(`${this.#address}${id}/`, fields);
    for (const fields of add) await api.post(this.#address, fields);
    await this.#load();
  }
}

attach("data-classes", (page) => new ClassesPage(page));
