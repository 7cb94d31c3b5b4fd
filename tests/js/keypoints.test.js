import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf } from "../../static/js/canvas/kinds/index.js";
import { Scene } from "../../static/js/canvas/scene.js";
import { shapesOf } from "../../static/js/canvas/shapes_of.js";
import { expected, filledUp, inBox, mirrored, withVisibility } from "../../static/js/canvas/skeleton.js";

const ARM = { points: [{ name: "shoulder", x: 0, y: 0.5 }, { name: "elbow", x: 0.5, y: 0.5 }, { name: "hand", x: 1, y: 0 }], edges: [[0, 1], [1, 2]], flip: [[0, 2]] };
const kind = kindOf("keypoints");
const POINTS = { points: [[10, 40, 2], [0, 0, 0], [110, 20, 1]] };

test("a box holds the whole skeleton", () => {
  assert.deepEqual(inBox(ARM, [10, 20, 100, 40]).points, [[10, 40, 2], [60, 40, 2], [110, 20, 2]]);
});

test("a point that is not there is expected where the others say", () => {
  assert.deepEqual(expected(ARM, POINTS, 1), [60, 40]);
  assert.deepEqual(expected(null, POINTS, 1), [60, 30]);
  const alone = { points: [[10, 10, 2], [0, 0, 0], [0, 0, 0]] };
  assert.deepEqual(expected(ARM, alone, 1), [30, 10]);
});

test("points are hidden where they are, and lose their place with their visibility", () => {
  assert.deepEqual(withVisibility(POINTS, 0, 1, [0, 0]).points[0], [10, 40, 1]);
  assert.deepEqual(withVisibility(POINTS, 0, 0, [5, 5]).points[0], [0, 0, 0]);
  assert.deepEqual(withVisibility(POINTS, 1, 2, [5, 5]).points[1], [5, 5, 2]);
});

test("left and right change places; without pairs the shape is turned over", () => {
  assert.deepEqual(mirrored(ARM, POINTS).points, [[110, 20, 1], [0, 0, 0], [10, 40, 2]]);
  assert.deepEqual(mirrored({ ...ARM, flip: undefined }, POINTS).points, [[110, 40, 2], [0, 0, 0], [10, 20, 1]]);
});

test("points that are missing are not there", () => {
  assert.deepEqual(filledUp([[1, 2, 2]], 3), [[1, 2, 2], [0, 0, 0], [0, 0, 0]]);
});

test("moving, resizing and cutting leave points alone that are not there", () => {
  for (const made of [kind.move(POINTS, 5, 5), kind.inside(POINTS, { width: 50, height: 30 }), kind.withHandle(POINTS, 3, [0, 0])]) assert.deepEqual(made.points[1], [0, 0, 0]);
  assert.equal(kind.handles(POINTS)[1], null);
});

test("a corner of the frame makes the whole larger; the opposite one stays", () => {
  const handles = kind.handles(POINTS);
  const [right, bottom] = handles[7];
  const larger = kind.withHandle(POINTS, 7, [right + 130, bottom]);
  assert.deepEqual(larger.points.map(([x, y]) => [Math.round(x), Math.round(y)]), [[25, 40], [0, 0], [225, 20]]);
  const tiny = kind.withHandle(POINTS, 7, [-500, -500]);
  assert.ok(tiny.points[0][0] < tiny.points[2][0], "it is never turned inside out");
});

test("a shape is found by its lines too", () => {
  const scene = new Scene();
  const drawn = { id: "a", shape: "keypoints", geometry: inBox(ARM, [0, 0, 100, 100]), color: "#fff", skeleton: ARM };
  scene.set([drawn]);
  assert.equal(scene.at(25, 51, 3)?.id, "a");
  scene.set([{ ...drawn, skeleton: {} }]);
  assert.equal(scene.at(25, 51, 3), null);
});

test("a shape is drawn anew when its class gets another skeleton, and not before", () => {
  const label = { id: "a", class: 1, shape: "keypoints", geometry: POINTS, source: "manual" };
  const classes = new Map([[1, { name: "arm", color: "#fff", skeleton: ARM }]]);
  const first = shapesOf(new Map(), [label], [], classes);
  assert.equal(first.changed[0].skeleton, ARM);
  assert.equal(shapesOf(first.shapes, [label], [], classes).changed.length, 0);
  assert.equal(shapesOf(first.shapes, [label], [], new Map([[1, { ...classes.get(1), skeleton: { ...ARM } }]])).changed.length, 1);
});
