import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const ICONS = { box: "square", rotated_box: "square", polygon: "pentagon", polyline: "spline", ellipse: "circle", keypoints: "waypoints", mask: "brush" };

/**
 * One shape in the list of objects.
 * @param {any} annotation @param {string} name of its class
 * @param {{color: string, selected: boolean, hidden: boolean, locked: boolean, removable: boolean}} seen
 */
export function objectRow({ id, shape, occluded, group }, name, { color, selected, hidden, locked, removable }) {
  const button = (icons, on, text, data) => h("button", {
    class: "btn btn-ghost btn-icon btn-small", type: "button", tabindex: "-1", ...data,
    ...(on === null ? {} : { "aria-pressed": String(on) }), title: text, "aria-label": `${text}: ${name}`,
  }, icon(icons));
  return h("li", { class: "label-object", dataset: { object: id, hidden: String(hidden) }, "aria-selected": String(selected), role: "option", style: { "--chip-color": color } }, [
    icon(ICONS[shape] ?? "shapes"),
    h("span", { class: "truncate", title: name }, name),
    h("span", { class: "label-object-marks" }, [
      group && h("span", { class: "label-object-group", title: interpolate(gettext("Group %s"), [group]) }, [icon("group"), String(group)]),
      occluded && h("span", { title: gettext("Occluded") }, icon("blend")),
    ]),
    button(hidden ? "eye-off" : "eye", hidden, hidden ? gettext("Show") : gettext("Hide"), { "data-aside": "hidden" }),
    button(locked ? "lock" : "lock-open", locked, locked ? gettext("Unlock") : gettext("Lock"), { "data-aside": "locked" }),
    removable && button("trash-2", null, gettext("Delete"), { "data-remove": true }),
  ]);
}
