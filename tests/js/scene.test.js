import assert from "node:assert/strict";
import test from "node:test";
import { Scene } from "../../static/js/canvas/scene.js";
import { Selection } from "../../static/js/canvas/selection.js";
import { shapesOf } from "../../static/js/canvas/shapes_of.js";

const box = (id, ...sides) => ({ id, shape: "box", geometry: { box: sides }, color: "#ff0000" });

function ids(scene, bounds) {
  const found = [];
  scene.within(bounds, (each) => found.push(each.id));
  return found;
}

test("a part of the image has the shapes that touch it, in their order", () => {
  const scene = new Scene();
  scene.set([box("a", 0, 0, 10, 10), box("b", 20, 20, 10, 10), box("c", 5, 5, 20, 20)]);
  assert.deepEqual(ids(scene, [0, 0, 8, 8]), ["a", "c"]);
  assert.deepEqual(ids(scene, [22, 22, 23, 23]), ["b", "c"]);
});

test("a shape that changes keeps its place in the order, and says where it was and is", () => {
  const scene = new Scene();
  scene.set([box("a", 0, 0, 10, 10), box("b", 0, 0, 10, 10)]);
  assert.deepEqual(scene.set([box("a", 5, 5, 10, 10)]), [[0, 0, 10, 10], [5, 5, 15, 15]]);
  assert.deepEqual(ids(scene, [6, 6, 7, 7]), ["a", "b"]);
  assert.deepEqual(scene.drop(["a", "unknown"]), [[5, 5, 15, 15]]);
  assert.deepEqual(ids(scene, [0, 0, 20, 20]), ["b"]);
});

test("somebody who points means the outline that is near, else the smallest shape around", () => {
  const scene = new Scene();
  scene.set([box("small", 40, 40, 10, 10), box("large", 0, 0, 100, 100)]);
  assert.equal(scene.at(45, 45, 2).id, "small");
  assert.equal(scene.at(20, 20, 2).id, "large");
  assert.equal(scene.at(101, 50, 2).id, "large");
  assert.equal(scene.at(120, 50, 2), null);
});

test("what has a higher z is above: drawn later, and meant by who points there", () => {
  const scene = new Scene();
  scene.set([{ ...box("top", 0, 0, 100, 100), z: 2 }, box("small", 40, 40, 10, 10), { ...box("low", 0, 0, 30, 30), z: -1 }]);
  assert.deepEqual(ids(scene, [0, 0, 100, 100]), ["low", "small", "top"]);
  assert.equal(scene.at(45, 45, 2).id, "top");
  assert.equal(scene.at(39, 45, 2).id, "top", "also where an outline below is near");
  scene.set([{ ...box("top", 0, 0, 100, 100), z: -5 }]);
  assert.deepEqual([scene.at(45, 45, 2).id, scene.at(10, 10, 2).id], ["small", "low"]);
});

test("locked shapes are passed over, and one of a group finds the others", () => {
  const scene = new Scene();
  scene.set([{ ...box("a", 0, 0, 100, 100), group: 1 }, { ...box("b", 0, 0, 9, 9), group: 1 }, { ...box("c", 40, 40, 9, 9), locked: true }, box("d", 300, 0, 9, 9)]);
  assert.equal(scene.at(45, 45, 2).id, "a");
  assert.equal(scene.at(45, 45, 2, () => true).id, "c");
  assert.deepEqual([scene.family(scene.get("b")), scene.family(scene.get("d"))], [["a", "b"], ["d"]]);
});

test("fifty thousand shapes are looked through as one", () => {
  const scene = new Scene();
  scene.set(Array.from({ length: 50_000 }, (_each, place) => box(`${place}`, (place % 250) * 16, Math.floor(place / 250) * 15, 10, 10)));
  assert.deepEqual(ids(scene, [2000, 1500, 2005, 1505]), ["25125"]);
});

test("only what is new of the labels is drawn anew", () => {
  const classes = new Map([[1, { color: "#112233" }]]);
  const label = (id, shape = "box") => ({ id, class: 1, shape, geometry: { box: [0, 0, 1, 1] } });
  const [a, b, tag] = [label("a"), label("b"), label("t", "tag")];
  const first = shapesOf(new Map(), [a, b, tag], [], classes);
  assert.deepEqual(first.changed.map((each) => each.id), ["a", "b"]);
  const moved = { ...b, geometry: { box: [1, 1, 1, 1] } };
  const second = shapesOf(first.shapes, [a, moved], [label("s")], classes);
  assert.deepEqual(second.changed.map(({ id, dashed }) => [id, dashed]), [["b", false], ["s", true]]);
  assert.deepEqual(shapesOf(second.shapes, [moved], [], new Map([[1, { color: "#445566" }]])).gone, ["a", "s"]);
  assert.equal(shapesOf(second.shapes, [moved], [], new Map()).changed[0].color, "#888888");
});

test("hidden shapes are not drawn, and what stands otherwise is drawn anew", () => {
  const label = (id, more = {}) => ({ id, class: 1, shape: "box", geometry: { box: [0, 0, 1, 1] }, ...more });
  const aside = { hidden: new Set(["a"]), locked: new Set(["b"]) };
  const { shapes, changed } = shapesOf(new Map(), [label("a"), label("b", { z_order: 3, occluded: true, group: 2 })], [label("s")], new Map(), "class", aside);
  assert.deepEqual(changed.map(({ id, z, occluded, group, locked }) => [id, z, occluded, group, locked]), [["b", 3, true, 2, true], ["s", Infinity, false, null, false]]);
  assert.deepEqual(shapesOf(shapes, [label("b", { z_order: 3, occluded: true, group: 2 })], [label("s")], new Map(), "class", aside).changed, []);
  assert.equal(shapesOf(shapes, [label("b", { z_order: 4, occluded: true, group: 2 })], [], new Map(), "class", aside).changed.length, 1);
});

test("those who watch the selection are told when it is another, and only then", () => {
  const selection = new Selection();
  const told = [];
  selection.observe(({ ids: chosen }) => told.push([...chosen].join()));
  selection.set(["a", "b"]);
  selection.set(["b", "a"]);
  selection.toggle("a");
  assert.equal(selection.only, "b");
  selection.keep((id) => id !== "b");
  assert.deepEqual(told, ["a,b", "b", ""]);
});
