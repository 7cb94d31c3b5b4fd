import { kindOf } from "./kinds/index.js";
import { colorOf } from "./look.js";

const STANDING = ["dashed", "z", "occluded", "group", "locked"];
const NOTHING = { hidden: new Set(), locked: new Set() };

/**
 * What is to be drawn of an image's labels, and what of that is new since the last time.
 * @param {Map<string, any>} before as this function gave it @param {any[]} annotations @param {any[]} suggestions @param {Map<number, any>} classes @param {string} [colors] what they tell: "class", "instance" or "source"
 * @param {{hidden: {has: (id: string) => boolean}, locked: {has: (id: string) => boolean}}} [aside] what somebody does not want to see, or to touch
 * @returns {{shapes: Map<string, any>, changed: import("./scene.js").Drawn[], gone: string[]}}
 */
export function shapesOf(before, annotations, suggestions, classes, colors = "class", aside = NOTHING) {
  const shapes = new Map();
  const changed = [];
  const take = (label, dashed) => {
    if (!kindOf(label.shape) || aside.hidden.has(label.id)) return;
    // What is suggested lies above all.
    const standing = { dashed, z: dashed ? Infinity : (label.z_order ?? 0), occluded: Boolean(label.occluded), group: label.group ?? null, locked: aside.locked.has(label.id) };
    const labelClass = classes.get(label.class);
    const color = colorOf(label, labelClass, colors);
    const name = labelClass?.name ?? "";
    const skeleton = label.shape === "keypoints" ? labelClass?.skeleton : undefined;
    const known = before.get(label.id);
    if (known && known.shape === label.shape && alike(known.geometry, label.geometry) && known.color === color && known.name === name && known.skeleton === skeleton && STANDING.every((each) => known[each] === standing[each])) return void shapes.set(label.id, known);
    const made = { id: label.id, shape: label.shape, geometry: label.geometry, color, name, skeleton, ...standing };
    shapes.set(label.id, made);
    changed.push(made);
  };
  for (const each of annotations) take(each, false);
  for (const each of suggestions) if (!shapes.has(each.id)) take(each, true);
  return { shapes, changed, gone: [...before.keys()].filter((id) => !shapes.has(id)) };
}

/** What the server stored comes back as other objects: the same shape is not drawn again for that. */
function alike(a, b) {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, index) => alike(each, b[index]));
  if (!a || !b || typeof a !== "object" || typeof b !== "object") return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => alike(a[key], b[key]));
}
