import { h, put, write } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { changeIcon, icon } from "../lib/icon.js";

const ICONS = { box: "square", rotated_box: "square", polygon: "pentagon", polyline: "spline", ellipse: "circle", keypoints: "waypoints", mask: "brush" };

/** One row of the list of objects. It shows one shape after the other: to make rows anew for each image takes longer than its picture. */
export class ObjectRow {
  #kind = icon("shapes");
  #name = h("span", { class: "truncate" });
  #number = h("span", { class: "label-object-number" });
  #group = h("span");
  #grouped = h("span", { class: "label-object-group", hidden: true }, [icon("group"), this.#group]);
  #occluded = h("span", { title: gettext("Occluded"), hidden: true }, icon("blend"));
  #hide = new RowButton(icon("eye"), { "data-aside": "hidden" });
  #lock = new RowButton(icon("lock-open"), { "data-aside": "locked" });
  #remove = /** @type {RowButton|null} */ (null);

  /** @param {boolean} removable */
  constructor(removable) {
    if (removable) this.#remove = new RowButton(icon("trash-2"), { "data-remove": true });
    const marks = h("span", { class: "label-object-marks" }, [this.#grouped, this.#occluded]);
    const parts = [this.#kind, h("span", { class: "label-object-name" }, [this.#name, this.#number]), marks, this.#hide.element, this.#lock.element, this.#remove?.element];
    this.element = h("li", { class: "label-object", role: "option" }, parts);
  }

  /** @param {any} annotation @param {string} name of its class @param {{place: number, color: string, selected: boolean, hidden: boolean, locked: boolean}} seen `place`: among the image's shapes, the first is 1 */
  show({ id, shape, occluded, group }, name, { place, color, selected, hidden, locked }) {
    put(this.element, "data-object", id);
    put(this.element, "data-hidden", String(hidden));
    put(this.element, "aria-selected", String(selected));
    if (this.element.style.getPropertyValue("--chip-color") !== color) this.element.style.setProperty("--chip-color", color);
    changeIcon(this.#kind, ICONS[shape] ?? "shapes");
    write(this.#name, name);
    put(this.#name, "title", name);
    write(this.#number, number(place));
    this.#occluded.hidden = !occluded;
    this.#grouped.hidden = !group;
    if (group) {
      write(this.#group, String(group));
      put(this.#grouped, "title", interpolate(gettext("Group %s"), [group]));
    }
    this.#hide.show(hidden ? "eye-off" : "eye", hidden ? gettext("Show") : gettext("Hide"), name, hidden);
    this.#lock.show(locked ? "lock" : "lock-open", locked ? gettext("Unlock") : gettext("Lock"), name, locked);
    this.#remove?.show("trash-2", gettext("Delete"), name);
  }
}

class RowButton {
  #icon;

  constructor(svg, data) {
    this.#icon = svg;
    this.element = h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", tabindex: "-1", ...data }, svg);
  }

  /** @param {string} name of the icon @param {string} text @param {string} whose @param {boolean} [pressed] */
  show(name, text, whose, pressed) {
    changeIcon(this.#icon, name);
    put(this.element, "title", text);
    put(this.element, "aria-label", `${text}: ${whose}`);
    if (pressed !== undefined) put(this.element, "aria-pressed", String(pressed));
  }
}
