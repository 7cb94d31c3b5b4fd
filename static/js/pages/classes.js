import { api } from "../api/client.js";
import { AttributeDialog } from "../classes/attribute_dialog.js";
import { Changes } from "../classes/changes.js";
import { deleteDialog } from "../classes/delete_dialog.js";
import { mergeDialog } from "../classes/merge_dialog.js";
import { ClassRow } from "../classes/row.js";
import { RowList } from "../classes/row_list.js";
import { SkeletonDialog } from "../classes/skeleton_dialog.js";
import { makeSortable } from "../classes/sorting.js";
import { splitDialog } from "../classes/split_dialog.js";
import { openTextDialog } from "../classes/text_dialog.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { namesIn } from "../lib/names.js";
import { once } from "../widgets/busy.js";
import { toast } from "../widgets/toast.js";

class ClassesPage {
  #options = JSON.parse($("#classes-options").textContent);
  #list;
  #page;
  #changes;
  #sorted = 0; // how often here, so that an order that was asked for before does not count
  #unsaved = 0; // orders on their way: what comes meanwhile is older
  #saving = Promise.resolve();

  constructor(page) {
    this.#page = page;
    const element = $("[data-list]", page);
    this.#list = new RowList(element, (labelClass) => this.#row(labelClass));
    if (this.#options.mayManage) {
      makeSortable(element, ".class-handle", () => this.#saveOrder());
      const form = $("[data-add]", page);
      on(form, "submit", (event) => {
        event.preventDefault();
        once($("[type=submit]", form), () => this.#add(form.elements.names));
      });
    }
    on($("[data-as-text]"), "click", () => this.#asText());
    this.#changes = new Changes($("[data-changes]", page), this.#options, {
      ended: () => this.#load(),
      going: (ids) => this.#list.mark(ids),
    });
    this.#load();
  }

  get #address() {
    return `/api/projects/${this.#options.project}/classes/`;
  }

  async #load() {
    const sorted = this.#sorted;
    try {
      const { results } = await api.get(this.#address);
      this.#list.take(results, sorted === this.#sorted && !this.#unsaved);
      this.#showNone();
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#load() } });
    }
  }

  #row(labelClass) {
    return new ClassRow(labelClass, this.#options, {
      change: (id, fields) => this.#change(id, fields),
      move: (moved, step) => this.#move(moved, step),
      attributes: (of) => this.#attributes(of),
      skeleton: (of) => this.#skeleton(of),
      merge: (of) => this.#ask(() => mergeDialog(of.labelClass, this.#list.classes.filter(({ id }) => id !== of.labelClass.id), this.#addressOf(of))),
      split: (of) => this.#ask(() => splitDialog(of.labelClass, this.#addressOf(of))),
      remove: (of) => this.#ask(() => deleteDialog(of.labelClass, this.#addressOf(of))),
    });
  }

  #showNone() {
    const count = this.#list.classes.length;
    $("[data-none]", this.#page).hidden = count > 0;
    const hint = $("[data-order-hint]", this.#page);
    if (hint) hint.hidden = count < 2;
  }

  async #add(input) {
    const left = namesIn(input.value);
    try {
      while (left.length) {
        this.#list.add(await api.post(this.#address, { name: left[0] }));
        left.shift();
      }
    } catch (error) {
      toast(`${left[0]}: ${error.plain}`, { kind: "error" });
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
    row.take(saved.class);
    if (saved.change) this.#changes.told();
  }

  async #skeleton(row) {
    const saved = await new SkeletonDialog(row.labelClass, this.#addressOf(row), this.#options.skeletons).open();
    if (!saved) return;
    row.take(saved);
    this.#changes.told();
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

  #move(row, step) {
    const place = this.#list.move(row, step);
    if (!place) return;
    $("[data-said]", this.#page).textContent = interpolate(gettext("%s is now number %s."), [row.labelClass.name, place]);
    this.#saveOrder();
  }

  /** One after the other: the last order wins. */
  #saveOrder() {
    this.#sorted += 1;
    this.#unsaved += 1;
    this.#saving = this.#saving.then(async () => {
      let failure = null;
      try {
        await api.put(`${this.#address}order/`, { ids: this.#list.classes.map(({ id }) => id) });
      } catch (error) {
        failure = error;
      }
      this.#sorted += 1;
      this.#unsaved -= 1;
      if (!failure) return this.#changes.told();
      toast(failure.message, { kind: "error" });
      await this.#load();
    });
  }

  async #asText() {
    const applied = await openTextDialog(this.#list.classes, this.#options.mayManage ? `${this.#address}text/` : null);
    if (!applied) return;
    if (applied.change) this.#changes.told();
    this.#load();
  }
}

attach("data-classes", (page) => new ClassesPage(page));
