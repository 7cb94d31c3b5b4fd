import { api } from "../api/client.js";
import { byPlace } from "../lib/attributes.js";
import { fill, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { MOST_POINTS, pairsByName, reordered, toDraft, toSkeleton, withEdge, withFields, withPartner, withPoint, withoutPoint } from "../lib/skeleton_draft.js";
import { same } from "../lib/stable_json.js";
import { once } from "../widgets/busy.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { SkeletonCanvas } from "./skeleton_canvas.js";
import { SkeletonRows } from "./skeleton_rows.js";

const MODES = () => [["move", "move", gettext("Move")], ["add", "plus", gettext("Add")], ["lines", "spline", gettext("Lines")]];

/** The skeleton of one class: a drawing and a list of its points. */
export class SkeletonDialog {
  #labelClass;
  #address;
  #draft;
  #saved = null;
  #notice = h("div", { class: "dialog-notice stack stack-tight", role: "status" });
  #save = h("button", { class: "btn btn-primary", type: "button" }, gettext("Save"));
  #count = h("span", { class: "muted small number" });
  #modes;
  #canvas = new SkeletonCanvas({
    move: (index, x, y) => this.#take(withFields(this.#draft, index, { x, y }), false),
    add: (x, y) => this.#add(x, y),
    join: (a, b) => this.#take(withEdge(this.#draft, a, b), false),
    choose: (index) => this.#choose(index),
  });
  #rows = new SkeletonRows({
    rename: (index, name) => this.#take(withFields(this.#draft, index, { name }), false),
    pair: (index, partner) => this.#take(withPartner(this.#draft, index, partner)),
    remove: (index) => this.#remove(index),
    order: (order) => this.#take(reordered(this.#draft, order)),
    choose: (index) => this.#choose(index),
  });
  #dialog;

  /** @param {any} labelClass @param {string} address of the class in the API @param {{name: string, title: string, skeleton: any}[]} presets */
  constructor(labelClass, address, presets) {
    this.#labelClass = labelClass;
    this.#address = address;
    this.#draft = toDraft(labelClass.skeleton);
    this.#modes = h("div", { class: "row skeleton-modes", role: "group", "aria-label": gettext("What a click does") }, MODES().map(([mode, picture, label]) =>
      h("button", { class: "btn btn-small", type: "button", dataset: { mode }, on: { click: () => this.#mode(mode) } }, [icon(picture), label])));
    this.#dialog = makeDialog({
      title: interpolate(gettext("Skeleton of “%s”"), [labelClass.name]),
      class: "skeleton-dialog",
      body: [this.#presets(presets), h("div", { class: "skeleton-parts" }, [
        h("div", { class: "stack stack-tight" }, [this.#modes, this.#canvas.element, h("p", { class: "hint" }, gettext("Drag points, or move them with the arrow keys. A line goes from one point to another: click both, or press Enter on both; once more takes it away."))]),
        h("div", { class: "stack stack-tight skeleton-list" }, [this.#rows.element, this.#tools()]),
      ])],
      foot: [this.#count, h("span", { class: "spacer" }), h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")), this.#save],
    });
    this.#dialog.lastElementChild.before(this.#notice);
    on(this.#save, "click", () => once(this.#save, () => this.#send()));
    this.#mode(this.#draft.points.length ? "move" : "add");
    this.#take(this.#draft);
  }

  /** @returns {Promise<any>} the class as the API has it now, or null */
  async open() {
    await openDialog(this.#dialog, { unsaved: () => !same(toSkeleton(this.#draft), toSkeleton(toDraft(this.#labelClass.skeleton))) });
    this.#dialog.remove();
    return this.#saved;
  }

  #presets(presets) {
    const option = ({ name, title }) => h("option", { value: name }, title);
    const select = h("select", { class: "select", autocomplete: "off" }, [h("option", { value: "" }, gettext("Choose…")), presets.map(option), h("option", { value: "empty" }, gettext("Empty"))]);
    on(select, "change", () => {
      const chosen = presets.find((each) => each.name === select.value);
      if (select.value) this.#take(toDraft(chosen?.skeleton));
      this.#mode(chosen ? "move" : "add");
      select.value = "";
    });
    return h("label", { class: "row skeleton-presets" }, [h("span", { class: "label" }, gettext("Begin with")), select]);
  }

  #tools() {
    const tool = (picture, label, run) => h("button", { class: "btn btn-small", type: "button", on: { click: run } }, [icon(picture), label]);
    return h("div", { class: "row" }, [
      tool("plus", gettext("Point"), () => this.#add()),
      tool("flip-horizontal-2", gettext("Pairs by name"), () => this.#pair()),
    ]);
  }

  /** @param {any} draft @param {boolean} [rows] whether the list has to be made anew */
  #take(draft, rows = true) {
    this.#draft = draft;
    this.#canvas.show(draft);
    if (rows) this.#rows.show(draft);
    else this.#rows.renamed(draft);
    const count = draft.points.length;
    this.#count.textContent = interpolate(ngettext("%(count)s point, %(lines)s lines, %(pairs)s pairs", "%(count)s points, %(lines)s lines, %(pairs)s pairs", count), { count, lines: draft.edges.length, pairs: draft.flip.length }, true);
    fill(this.#notice, this.#widening);
  }

  /** The class is not for keypoints yet: saving makes it so. */
  get #widening() {
    const { shapes } = this.#labelClass;
    if (!shapes.length || shapes.includes("keypoints") || !this.#draft.points.length) return null;
    return h("p", { class: "hint" }, gettext("The class does not allow keypoints yet. With the skeleton it will."));
  }

  #add(x = undefined, y = undefined) {
    if (this.#draft.points.length >= MOST_POINTS) return void fill(this.#notice, problem(interpolate(gettext("A skeleton has at most %s points."), [MOST_POINTS])));
    this.#take(withPoint(this.#draft, x, y));
    const last = this.#draft.points.length - 1;
    this.#choose(last);
    if (x === undefined) this.#rows.focus(last);
    return undefined;
  }

  #remove(index) {
    this.#take(withoutPoint(this.#draft, index));
    this.#choose(null);
    this.#rows.focus(index, "[data-remove]");
  }

  #pair() {
    const flip = pairsByName(this.#draft);
    this.#take({ ...this.#draft, flip });
    fill(this.#notice, h("p", { class: "hint" }, flip.length ? interpolate(ngettext("%s pair was found.", "%s pairs were found.", flip.length), [flip.length]) : gettext("No two names differ by left and right only.")));
  }

  #choose(index) {
    this.#canvas.choose(index);
    this.#rows.choose(index);
  }

  #mode(mode) {
    this.#canvas.take(mode);
    for (const button of this.#modes.children) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }

  async #send() {
    const { shapes } = this.#labelClass;
    const wider = this.#widening ? { shapes: [...shapes, "keypoints"] } : {};
    try {
      this.#saved = await api.patch(this.#address, { skeleton: toSkeleton(this.#draft), ...wider });
      this.#dialog.close();
    } catch (error) {
      this.#complain(error);
    }
  }

  #complain(error) {
    this.#take(this.#draft);
    const rest = [];
    for (const [place, message] of Object.entries(byPlace(error.fields?.skeleton ?? {}))) {
      const [field, ...steps] = place.split(".");
      if (field !== "points" || !this.#rows.complain(steps.join("."), message)) rest.push(message);
    }
    const known = error.fields?.skeleton !== undefined;
    fill(this.#notice, (known ? rest : [error.message]).map(problem));
  }
}

const problem = (text) => h("p", { class: "notice notice-error", role: "alert" }, [icon("circle-alert"), h("span", null, text)]);
