import assert from "node:assert/strict";
import { test } from "node:test";

import { Scene } from "../../static/js/canvas/scene.js";
import { SelectTool } from "../../static/js/canvas/tools/select_tool.js";

const at = (x, y) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0 });

/** A stage of 100 x 80 pixels on which one shape is selected. */
function setUp(shape, geometry, more = {}) {
  const scene = new Scene();
  scene.set([/** @type {any} */ ({ id: "a", shape, geometry, color: "#fff", ...more })]);
  const changed = [];
  const stage = /** @type {any} */ ({
    scene, mayEdit: true, item: { width: 100, height: 80 },
    selection: { ids: new Set(["a"]), only: "a", has: () => true, points: { choose() {}, point() {} } },
    shapeAt: ({ x, y }, near) => scene.at(x, y, near), lift() {}, pointAt() {}, changed: (edits) => changed.push(...edits),
  });
  const snapping = /** @type {any} */ ({ point: ({ x, y }) => [x, y], clear() {} });
  const tool = new SelectTool(stage, snapping);
  const drag = (from, to) => {
    tool.down(from);
    tool.move(to, true);
    tool.up(to);
  };
  return { drag, changed };
}

test("a vertex that is drawn out of the image stays on its border", () => {
  const { drag, changed } = setUp("polygon", { rings: [[[10, 10], [40, 10], [40, 40]]] });
  drag(at(40, 10), at(150, -20));
  assert.deepEqual(changed[0].geometry.rings, [[[10, 10], [100, 0], [40, 40]]]);
});

test("lines and keypoints stop at the border where they would be bent, and other shapes go on", () => {
  const line = setUp("polyline", { points: [[10, 10], [40, 10], [40, 40]] });
  line.drag(at(25, 10), at(125, 0));
  assert.deepEqual(line.changed[0].geometry.points, [[70, 0], [100, 0], [100, 30]]);
  const pose = setUp("keypoints", { points: [[10, 10, 2], [0, 0, 0], [40, 40, 1], [10, 40, 2]] }, { skeleton: { edges: [[0, 2]] } });
  pose.drag(at(25, 25), at(-75, 125));
  assert.deepEqual(pose.changed[0].geometry.points, [[0, 50, 2], [0, 0, 0], [30, 80, 1], [0, 80, 2]]);
  const box = setUp("box", { box: [10, 10, 20, 20] });
  box.drag(at(20, 20), at(-5, 20));
  assert.deepEqual(box.changed[0].geometry.box, [-15, 10, 20, 20]);
});

test("a finger takes a corner from further away than a mouse does, where the shape is large enough", () => {
  const beside = at(54, 44); // 11 pixels from the corner at 62, 52
  const large = setUp("box", { box: [2, 2, 60, 50] });
  large.drag({ ...beside, touch: true }, at(70, 60));
  assert.deepEqual(large.changed[0].geometry.box, [2, 2, 68, 58]);
  const mouse = setUp("box", { box: [2, 2, 60, 50] });
  mouse.drag(beside, at(60, 50));
  assert.deepEqual(mouse.changed[0].geometry.box, [8, 8, 60, 50], "it is moved");
  const small = setUp("box", { box: [2, 2, 24, 24] });
  small.drag({ ...at(14, 14), touch: true }, at(20, 20));
  assert.deepEqual(small.changed[0].geometry.box, [8, 8, 24, 24], "its middle is there to move it by");
});
