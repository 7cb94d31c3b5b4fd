import { kindOf } from "./kinds/index.js";
import { colorOf } from "./look.js";

/**
 * What is to be drawn of an image's labels, and what of that is new since the last time.
 * @param {Map<string, any>} before as this function gave it @param {any[]} annotations @param {any[]} suggestions @param {Map<number, any>} classes @param {string} [colors] what they tell: "class", "instance" or "source"
 * @returns {{shapes: Map<string, any>, changed: import("./scene.js").Drawn[], gone: string[]}}
 */
export function shapesOf(before, annotations, suggestions, classes, colors = "class") {
  const shapes = new Map();
  const changed = [];
  const take = (label, dashed) => {
    const labelClass = classes.get(label.class);
    const color = colorOf(label, labelClass, colors);
    const name = labelClass?.name ?? "";
    const known = before.get(label.id);
    if (known && known.geometry === label.geometry && known.color === color && known.name === name && known.dashed === dashed) return void shapes.set(label.id, known);
    const made = { id: label.id, shape: label.shape, geometry: label.geometry, color, dashed, name };
    shapes.set(label.id, made);
    changed.push(made);
  };
  for (const each of annotations) if (kindOf(each.shape)) take(each, false);
  for (const each of suggestions) if (kindOf(each.shape) && !shapes.has(each.id)) take(each, true);
  return { shapes, changed, gone: [...before.keys()].filter((id) => !shapes.has(id)) };
}
