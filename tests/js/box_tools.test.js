import assert from "node:assert/strict";
import { test } from "node:test";

import { BoxTool } from "../../static/js/canvas/tools/box_tool.js";
import { RotatedBoxTool } from "../../static/js/canvas/tools/rotated_box_tool.js";

const at = (x, y, button = 0) => ({ x, y, screenX: x, screenY: y, scale: 1, button });

function setUp(make) {
  const drawn = [];
  const stage = /** @type {any} */ ({ draft() {}, drawn: (_shape, geometry) => drawn.push(geometry) });
  return { tool: make(stage), drawn };
}

test("the right button gives up a box of which one corner is there", () => {
  const { tool, drawn } = setUp((stage) => new BoxTool(stage, "box"));
  tool.down(at(10, 10));
  tool.up(at(10, 10));
  tool.down(at(50, 40, 2));
  assert.deepEqual([tool.busy, drawn], [false, []]);
});

test("a rotated box is taken back click by click, also by the right button", () => {
  const { tool, drawn } = setUp((stage) => new RotatedBoxTool(stage));
  tool.down(at(10, 10));
  tool.down(at(90, 90));
  tool.down(at(0, 0, 2));
  tool.down(at(30, 10));
  tool.down(at(99, 20));
  assert.deepEqual(drawn, [{ box: [10, 10, 20, 10], angle: 0 }]);
  tool.down(at(10, 10));
  tool.back();
  assert.equal(tool.busy, false);
});
