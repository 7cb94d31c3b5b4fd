import assert from "node:assert/strict";
import { test } from "node:test";

import { Scene } from "../../static/js/canvas/scene.js";
import { SelectTool } from "../../static/js/canvas/tools/select_tool.js";

const at = (x, y) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0 });

/** A stage of 100 x 80 pixels on which one shape is selected. */
function setUp(shape, geometry) {
  const scene = new Scene();
  scene.set([{ id: "a", shape, geometry, color: "#fff" }]);
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
