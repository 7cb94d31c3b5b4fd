import { h } from "../lib/dom.js";
import { percent } from "../lib/format.js";
import { drawnShapes } from "./drawn_shapes.js";

const NAMED = 40; // shapes with their names; more would hide the image
const NO_CLASS = "#888888";

/**
 * An image with what is on it: shapes over it, classes of the whole below it.
 * @param {{picture: string, width: number, height: number, labels: {class_id: number, score: number, shape?: string, geometry?: any}[]}} image
 * @param {Map<number, {name: string, color: string}>} classes by id
 * @param {{edge: number, named?: boolean}} look longest edge in CSS pixels, and whether shapes have their names
 */
export function changedImage(image, classes, { edge, named = false }) {
  const placed = image.labels.filter((each) => each.shape);
  const whole = image.labels.filter((each) => !each.shape);
  const told = placed.length <= NAMED ? [] : [...new Set(placed.map((each) => each.class_id))]; // in place of names at the shapes
  const shapes = placed.map(({ class_id: id, shape, geometry }) => ({ shape, geometry, color: classes.get(id)?.color || NO_CLASS, name: named && placed.length <= NAMED ? classes.get(id)?.name : undefined }));
  return h("span", { class: "preview-picture" }, [
    h("span", { class: "preview-frame" }, [
      h("img", { src: image.picture, width: image.width, height: image.height, alt: described(image.labels, classes) }),
      shapes.length > 0 && drawnShapes(image, shapes, edge, named ? { names: "always" } : { line: 1.5 }),
    ]),
    whole.length > 0 && h("span", { class: "preview-classes" }, summed(whole).map(([id, score]) => tag(classes.get(id), score))),
    named && told.length > 0 && h("span", { class: "preview-classes" }, told.map((id) => tag(classes.get(id), 1))),
  ]);
}

/** Of mixed images a class may come twice. */
function summed(labels) {
  const scores = new Map();
  for (const { class_id: id, score } of labels) scores.set(id, (scores.get(id) ?? 0) + score);
  return [...scores].sort((one, other) => other[1] - one[1]);
}

function tag(labelClass, score) {
  const name = labelClass?.name ?? gettext("another class");
  return h("span", { class: "chip", style: { "--chip-color": labelClass?.color || NO_CLASS } }, score < 0.995 ? `${name} ${percent(score)}` : name);
}

function described(labels, classes) {
  const names = [...new Set(labels.map((each) => classes.get(each.class_id)?.name).filter(Boolean))];
  return names.length ? names.join(", ") : gettext("Nothing is on it");
}
