import { api } from "../api/client.js";
import { byPlace, toDrafts, toSend } from "../lib/attributes.js";
import { $, $$, fill, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { same } from "../lib/stable_json.js";
import { once } from "../widgets/busy.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { attributeCard } from "./attribute_card.js";

/** The attributes of one class, as a form or as JSON. What would be lost is told before it is saved. */
export class AttributeDialog {
  #address;
  #known;
  #drafts;
  #initial;
  #raw = false;
  #warned = false;
  #saved = null;

  #cards = h("div", { class: "stack" });
  #text = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "textarea mono class-text", spellcheck: "false", "aria-label": gettext("Attributes as JSON") }));
  #notice = h("div", { class: "dialog-notice stack stack-tight", role: "status" });
  #save = h("button", { class: "btn btn-primary", type: "button" });
  #add = h("button", { class: "btn", type: "button" }, [icon("plus"), gettext("Attribute")]);
  #tabs;
  #dialog;

  /** @param {any} labelClass @param {string} address of the class in the API */
  constructor(labelClass, address) {
    this.#address = `${address}attributes/`;
    this.#known = new Set(labelClass.attributes.map((each) => each.name));
    this.#drafts = toDrafts(labelClass.attributes, this.#known);
    this.#initial = toSend(this.#drafts);
    const tab = (raw, text) => h("button", { type: "button", role: "tab", on: { click: () => this.#show(raw) } }, text);
    this.#tabs = h("div", { class: "tabs", role: "tablist" }, [tab(false, gettext("Form")), tab(true, gettext("JSON"))]);
    this.#dialog = makeDialog({
      title: interpolate(gettext("Attributes of “%s”"), [labelClass.name]),
      class: "attribute-dialog",
      body: [this.#tabs, this.#cards, this.#text],
      foot: [this.#add, h("span", { class: "spacer" }), h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")), this.#save],
    });
    // Below what scrolls: it must be seen beside the buttons.
    this.#dialog.lastElementChild.before(this.#notice);
    on(this.#add, "click", () => this.#addOne());
    on(this.#save, "click", () => once(this.#save, () => this.#send()));
    on(this.#text, "input", () => this.#changed());
    this.#mark();
    this.#draw();
  }

  /** @returns {Promise<any>} what the API answered, or null */
  async open() {
    await openDialog(this.#dialog, { unsaved: () => this.#unsaved });
    this.#dialog.remove();
    return this.#saved;
  }

  get #unsaved() {
    return this.#raw ? this.#text.value !== asText(this.#initial) : !same(toSend(this.#drafts), this.#initial);
  }

  get #body() {
    return this.#raw ? { text: this.#text.value } : { attributes: toSend(this.#drafts) };
  }

  #draw(focus = "") {
    this.#changed();
    fill(this.#cards, this.#drafts.length ? this.#drafts.map((draft, index) => attributeCard(draft, index, {
      redraw: (place) => this.#draw(place),
      changed: () => this.#changed(),
      remove: () => {
        this.#drafts.splice(index, 1);
        this.#draw(`[data-place="${Math.min(index, this.#drafts.length - 1)}.name"] input`);
      },
      move: (step) => this.#move(index, step),
    })) : h("div", { class: "empty attribute-none" }, [icon("list-plus"), h("p", null, gettext("An attribute says more about each annotation: a colour, a count, whether it is hidden by something."))]));
    if (focus) ($(focus, this.#cards) ?? this.#add).focus();
  }

  #addOne() {
    this.#drafts.push({ name: "", type: "select", options: [{ value: "" }], required: false, mutable: false });
    this.#draw(`[data-place="${this.#drafts.length - 1}.name"] input`);
  }

  #move(index, step) {
    const target = index + step;
    if (target < 0 || target >= this.#drafts.length) return;
    const [moved] = this.#drafts.splice(index, 1);
    this.#drafts.splice(target, 0, moved);
    this.#draw(`[data-place="${target}"] [data-step="${step}"]`);
  }

  async #show(raw) {
    if (raw === this.#raw) return;
    if (!raw && !(await this.#ask("preview"))) return;
    if (raw) this.#text.value = asText(toSend(this.#drafts));
    else this.#drafts = toDrafts(JSON.parse(this.#text.value), this.#known);
    this.#raw = raw;
    this.#mark();
    if (!raw) this.#draw();
    this.#changed();
  }

  #mark() {
    [...this.#tabs.children].forEach((tab, index) => tab.setAttribute("aria-selected", String(Boolean(index) === this.#raw)));
    this.#text.hidden = !this.#raw;
    this.#cards.hidden = this.#raw;
    this.#add.hidden = this.#raw;
  }

  /** What was warned of is not what is there any more. */
  #changed() {
    this.#warned = false;
    this.#save.className = "btn btn-primary";
    this.#save.textContent = gettext("Save");
    fill(this.#notice);
    for (const each of $$(".field-error", this.#cards)) each.remove();
    for (const each of $$("[aria-invalid]", this.#dialog)) each.removeAttribute("aria-invalid");
  }

  async #send() {
    if (!this.#warned) {
      const told = await this.#ask("preview");
      if (!told) return;
      const lost = told.lost.reduce((sum, each) => sum + each.count, 0);
      if (lost) return void this.#warn(told, lost);
    }
    this.#saved = await this.#ask("save");
    if (this.#saved) this.#dialog.close();
  }

  async #ask(what) {
    try {
      if (what === "preview") return await api.post(`${this.#address}preview/`, this.#body);
      return await api.put(this.#address, this.#body);
    } catch (error) {
      this.#complain(error);
      return null;
    }
  }

  #warn({ lost }, count) {
    this.#warned = true;
    const lines = lost.map((each) => `${each.option ? `${each.attribute}: ${each.option}` : each.attribute} (${number(each.count)})`);
    fill(this.#notice, h("p", { class: "notice notice-warning" }, [icon("triangle-alert"), h("span", null, interpolate(gettext("Values go with this: %s. You can undo it afterwards."), [lines.join(", ")]))]));
    this.#save.className = "btn btn-danger";
    this.#save.textContent = interpolate(ngettext("Save, and delete %s value", "Save, and delete %s values", count), [number(count)]);
  }

  #complain(error) {
    this.#changed();
    const places = byPlace(error.fields.attributes ?? {});
    const rest = error.fields.text ?? (Object.keys(places).length ? [] : [error.message]);
    for (const [place, message] of Object.entries(places)) {
      const field = place && nearest(this.#cards, place);
      if (!field) rest.push(message);
      else {
        field.append(h("p", { class: "field-error" }, message));
        const input = $("input, select", field);
        input?.setAttribute("aria-invalid", "true");
        input?.focus();
      }
    }
    if (rest.length) fill(this.#notice, rest.map((each) => h("p", { class: "notice notice-error", role: "alert" }, each)));
  }
}

const asText = (attributes) => JSON.stringify(attributes, null, 2);

/** The field of a place, or of the nearest thing around it. */
function nearest(root, place) {
  const steps = place.split(".");
  for (; steps.length; steps.pop()) {
    const found = $(`[data-place="${CSS.escape(steps.join("."))}"]`, root);
    if (found) return found;
  }
  return null;
}
