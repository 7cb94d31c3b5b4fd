import assert from "node:assert/strict";
import test from "node:test";

globalThis.document = /** @type {any} */ ({ createElement: () => ({ setAttribute() {}, replaceChildren() {}, classList: { toggle() {} }, style: { setProperty() {} } }) });
const { Selection } = await import("../../static/js/canvas/selection.js");
const { Scene } = await import("../../static/js/canvas/scene.js");
const { nearest, Snapping } = await import("../../static/js/canvas/snapping.js");
const { PolygonTool } = await import("../../static/js/canvas/tools/polygon_tool.js");
const { ExtremePointsTool } = await import("../../static/js/canvas/tools/extreme_points_tool.js");

const square = (id, x, y, size = 20) => ({ id, shape: "polygon", color: "#fff", geometry: { rings: [[[x, y], [x + size, y], [x + size, y + size], [x, y + size]]] } });
const at = (x, y, more = {}) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0, ...more });

function scene(...shapes) {
  const made = new Scene();
  made.set(shapes);
  return made;
}

test("a vertex that is near wins over an edge that is nearer", () => {
  const shapes = scene(square("a", 100, 100));
  assert.deepEqual(nearest(shapes, [105, 99], 8), { point: [100, 100], id: "a", line: 0, vertex: 0 });
  assert.deepEqual(nearest(shapes, [110, 98], 8), { point: [110, 100], id: "a", line: 0, vertex: null });
  assert.equal(nearest(shapes, [110, 88], 8), null);
  assert.equal(nearest(shapes, [105, 99], 8, "a"), null);
});

test("suggestions and shapes without corners attract nothing", () => {
  const ellipse = { id: "e", shape: "ellipse", color: "#fff", geometry: { center: [0, 0], radii: [10, 10] } };
  assert.equal(nearest(scene({ ...square("s", 0, 0), dashed: true }, ellipse), [1, 1], 8), null);
});

test("among ten thousand shapes the place is found within a millisecond or two", () => {
  const shapes = new Scene();
  shapes.set(Array.from({ length: 10_000 }, (_each, place) => square(`${place}`, (place % 100) * 40, Math.floor(place / 100) * 30)));
  nearest(shapes, [1000, 1000], 8);
  const began = performance.now();
  for (let turn = 0; turn < 100; turn += 1) nearest(shapes, [turn * 37, turn * 23], 8);
  assert.ok(performance.now() - began < 500);
});

function drawing(shapes) {
  const drawn = [];
  const snapping = new Snapping({ scene: shapes }, /** @type {any} */ ({ append() {} }));
  const selection = new Selection();
  const stage = { draft() {}, drawn: (_shape, { rings }) => drawn.push(rings[0]), selection };
  const tool = new PolygonTool(/** @type {any} */ (stage), "polygon", snapping);
  return { tool, drawn, snapping, selection };
}

test("two vertices of a neighbour in a row take along what lies between, the shorter way", () => {
  const { tool, drawn } = drawing(scene(square("a", 100, 100)));
  for (const each of [at(99, 101), at(121, 121), at(160, 160)]) tool.down(each);
  tool.finish();
  assert.deepEqual(drawn, [[[100, 100], [120, 100], [120, 120], [160, 160]]]);
});

test("the shape that was drawn before is not selected while the next is drawn: one step back too many would delete it", () => {
  const { tool, selection } = drawing(new Scene());
  selection.set(["before"]);
  tool.down({ x: 5, y: 5, scale: 1 });
  assert.equal(selection.size, 0);
});

test("one step back takes away what the last click has added", () => {
  const { tool, drawn } = drawing(scene(square("a", 100, 100)));
  tool.down(at(100, 100));
  tool.down(at(120, 120));
  tool.back();
  for (const each of [at(10, 10), at(50, 10)]) tool.down(each);
  tool.finish();
  assert.deepEqual(drawn, [[[100, 100], [10, 10], [50, 10]]]);
});

test("with Alt, with Shift or switched off, points stay where they are", () => {
  const { tool, drawn, snapping } = drawing(scene(square("a", 100, 100)));
  tool.down(at(101, 101, { alt: true }));
  tool.down(at(121, 101, { shift: true }));
  snapping.toggle(false);
  tool.down(at(121, 121));
  tool.finish();
  assert.deepEqual(drawn, [[[101, 101], [121, 101], [121, 121]]]);
});

test("four extreme points in any order are a box, and one can be taken back", () => {
  const drawn = [];
  const tool = new ExtremePointsTool(/** @type {any} */ ({ draft() {}, drawn: (_shape, { box }) => drawn.push(box) }));
  for (const each of [at(50, 10), at(999, 999)]) tool.down(each);
  tool.back();
  for (const each of [at(10, 30), at(80, 40)]) tool.down(each);
  assert.equal(drawn.length, 0);
  tool.down(at(40, 90));
  assert.deepEqual([drawn, tool.busy], [[[10, 10, 70, 80]], false]);
});
