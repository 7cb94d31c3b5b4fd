import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewBox } from "../../static/js/canvas/view_box.js";

function view(image, stage) {
  const box = new ViewBox();
  box.resize(stage);
  box.show(image);
  return box;
}

test("an image fits the stage and stands in its middle", () => {
  const box = view({ width: 2000, height: 1000 }, { width: 500, height: 500 });
  assert.deepEqual([box.scale, box.x, box.y], [0.25, 0, 125]);
});

test("a click shows one image pixel per screen pixel, another the whole again", () => {
  const box = view({ width: 2000, height: 1000 }, { width: 500, height: 500 });
  box.toggle({ x: 250, y: 250 });
  assert.deepEqual([box.scale, box.fitted], [1, false]);
  box.toggle({ x: 0, y: 0 });
  assert.deepEqual([box.scale, box.fitted], [0.25, true]);
});

test("zooming keeps the point under the cursor where it is", () => {
  const box = view({ width: 2000, height: 2000 }, { width: 500, height: 500 });
  const at = { x: 200, y: 300 };
  const before = [(at.x - box.x) / box.scale, (at.y - box.y) / box.scale];
  box.zoom(4, at);
  assert.deepEqual([(at.x - box.x) / box.scale, (at.y - box.y) / box.scale], before);
});

test("panning leaves no gap beside the image", () => {
  const box = view({ width: 2000, height: 2000 }, { width: 500, height: 500 });
  box.toggle({ x: 250, y: 250 });
  box.pan(9999, -9999);
  assert.deepEqual([box.x, box.y], [0, -1500]);
});

test("a tiny image grows only eightfold", () => {
  assert.equal(view({ width: 8, height: 8 }, { width: 500, height: 500 }).scale, 16);
});

test("a shape that is zoomed to takes most of the stage and lies in its middle", () => {
  const box = view({ width: 2000, height: 2000 }, { width: 500, height: 500 });
  box.zoomTo([1000, 1000, 1100, 1050]);
  assert.equal(box.scale, 3);
  assert.deepEqual([1050 * box.scale + box.x, 1025 * box.scale + box.y], [250, 250]);
  box.zoomTo([0, 0, 0.5, 0.5]);
  assert.equal(box.scale, 16);
});

test("what is seen is told in pixels of the image, and can be brought elsewhere", () => {
  const box = view({ width: 2000, height: 1000 }, { width: 500, height: 500 });
  assert.deepEqual(box.seen, { left: 0, top: 0, width: 2000, height: 1000 });
  box.actual({ x: 0, y: 125 });
  assert.deepEqual(box.seen, { left: 0, top: 0, width: 500, height: 500 });
  box.centre(1900, 500);
  assert.deepEqual(box.seen, { left: 1500, top: 250, width: 500, height: 500 });
});
