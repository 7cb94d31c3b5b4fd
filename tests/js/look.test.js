import assert from "node:assert/strict";
import { test } from "node:test";
import { colorOf, colorOfInstance, FIRST_LOOK, inkOn, lookOf, textOf } from "../../static/js/canvas/look.js";
import { paintNames } from "../../static/js/canvas/name_tags.js";
import { Scene } from "../../static/js/canvas/scene.js";
import { shapesOf } from "../../static/js/canvas/shapes_of.js";

const CLASSES = new Map([[1, { name: "car", color: "#ff0000" }]]);
const box = (id, x, y, w, h, more = {}) => ({ id, class: 1, shape: "box", geometry: { box: [x, y, w, h] }, source: "manual", ...more });

/** The names that are painted on an image of 1,000 pixels, seen at this scale; a letter is six pixels wide. */
function painted(shapes, scale, { bounds = [0, 0, 1000, 1000], ratio = 1, look = {} } = {}) {
  const scene = new Scene();
  scene.set(shapesOf(new Map(), shapes, [], CLASSES).changed);
  const written = [];
  const context = { setTransform() {}, fillRect() {}, measureText: (text) => ({ width: 6 * text.length }), fillText: (text, x, y) => written.push([text, x, y]) };
  paintNames(context, scene, bounds, { scale: scale * ratio, ratio, left: 0, top: 0, width: 1, height: 1 }, new Set(["hidden"]), { ...FIRST_LOOK, ...look });
  return written;
}

test("a name stands above its shape, where the shape is as wide on screen as the name", () => {
  assert.deepEqual(painted([box("a", 100, 100, 50, 20), box("b", 300, 100, 20, 20)], 1), [["car", 104, 95]]);
  assert.equal(painted([box("a", 100, 100, 50, 20), box("b", 300, 100, 20, 20)], 2).length, 2);
  assert.equal(painted([box("a", 100, 100, 50, 20)], 0.5).length, 0);
});

test("a name at the upper edge of the image stands inside; hidden shapes have none", () => {
  assert.deepEqual(painted([box("a", 100, 0, 50, 20), box("hidden", 0, 200, 90, 90)], 1), [["car", 104, 11]]);
});

test("a name that reaches into a strip is painted with it, also on dense screens", () => {
  assert.equal(painted([box("a", 100, 100, 50, 20)], 1, { bounds: [0, 80, 1000, 90], ratio: 2 }).length, 1);
  assert.equal(painted([box("a", 100, 100, 50, 20)], 1, { bounds: [0, 0, 1000, 50] }).length, 0);
});

test("sizes are those of the shape in pixels of the image", () => {
  assert.deepEqual(painted([box("a", 10, 90, 120.4, 20)], 1, { look: { sizes: true } })[0][0], "car 120 × 20");
  assert.equal(textOf({ geometry: { center: [0, 0], radii: [5, 3], angle: 45 }, kind: {}, bounds: [-4, -4, 4, 4] }, { sizes: true }), "10 × 6");
});

test("colours tell class, instance or source", () => {
  const label = box("a", 0, 0, 1, 1, { source: "auto" });
  assert.equal(colorOf(label, CLASSES.get(1), "class"), "#ff0000");
  assert.equal(colorOf(label, undefined, "class"), "#888888");
  assert.equal(colorOf(label, CLASSES.get(1), "source"), "#f97316");
  const colors = Array.from({ length: 200 }, (_none, number) => colorOfInstance(`0b9d1c64-${number}`));
  assert.ok(colors.every((each) => /^#[0-9a-f]{6}$/.test(each)));
  assert.ok(new Set(colors).size > 150);
});

test("another meaning of colours changes the shapes, the same one none", () => {
  const { shapes } = shapesOf(new Map(), [box("a", 0, 0, 9, 9)], [], CLASSES);
  assert.equal(shapesOf(shapes, [...shapes.values()].map((each) => box(each.id, 0, 0, 9, 9, { geometry: each.geometry })), [], CLASSES).changed.length, 0);
  assert.equal(shapesOf(shapes, [box("a", 0, 0, 9, 9)], [], CLASSES, "instance").changed.length, 1);
});

test("ink can be read on its colour", () => {
  assert.deepEqual([inkOn("#ffff00"), inkOn("#0000ff")], ["#000000", "#ffffff"]);
});

test("what was kept and makes no sense is as at first", () => {
  assert.deepEqual(lookOf("x"), { ...FIRST_LOOK });
  assert.deepEqual(lookOf({ names: "sometimes", colors: "source", fill: 500, line: 0, outlines: "yes", crosshair: false }), { ...FIRST_LOOK, colors: "source", fill: 80, line: 1, crosshair: false });
});
