import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

globalThis.gettext = (text) => text;
globalThis.interpolate = (format, values) => format.replace(/%s/g, () => String(values.shift()));
globalThis.document = /** @type {any} */ ({ createElement: () => ({ setAttribute() {}, replaceChildren() {}, style: { setProperty() {} }, textContent: "", hidden: true }) });

const { KeypointTool } = await import("../../static/js/canvas/tools/keypoint_tool.js");

const ARM = { points: ["shoulder", "elbow", "hand"].map((name, index) => ({ name, x: index / 2, y: index / 2 })), edges: [[0, 1], [1, 2]] };
let drawn, drafts, skeleton, tool, hint;

beforeEach(() => {
  drawn = [];
  drafts = [];
  skeleton = ARM;
  const stage = { draft: (...given) => drafts.push(given), drawn: (_shape, { points }) => drawn.push(points) };
  tool = new KeypointTool(/** @type {any} */ (stage), /** @type {any} */ ({ append: (element) => (hint = element) }), () => skeleton);
});

const at = (x, y, more = {}) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0, ...more });

function click(x, y, more) {
  tool.move(at(x, y, more), false);
  tool.down(at(x, y, more));
  tool.up(at(x, y, more));
}

test("click after click, in the skeleton's order, with the next point's name at the pointer", () => {
  tool.move(at(1, 1), false);
  assert.equal(hint.textContent, "1/3 shoulder");
  click(10, 10);
  tool.move(at(20, 20), false);
  assert.equal(hint.textContent, "2/3 elbow");
  click(20, 20, { shift: true });
  click(30, 30);
  assert.deepEqual(drawn, [[[10, 10, 2], [20, 20, 1], [30, 30, 2]]]);
  assert.equal(tool.busy, false);
});

test("a box that is dragged holds the whole skeleton", () => {
  tool.down(at(100, 80));
  tool.move(at(50, 40), true);
  assert.deepEqual(drafts.at(-1)[1].points[2], [100, 80, 2]);
  tool.up(at(0, 0));
  assert.deepEqual(drawn, [[[0, 0, 2], [50, 40, 2], [100, 80, 2]]]);
});

test("a point that is not there is passed over, the last one comes back, and the rest is not there", () => {
  tool.skip();
  click(1, 1);
  click(2, 2, { again: false });
  assert.equal(drawn.length, 1);
  click(10, 10);
  click(20, 20);
  tool.back();
  tool.finish();
  assert.deepEqual(drawn, [[[0, 0, 0], [1, 1, 2], [2, 2, 2]], [[10, 10, 2], [0, 0, 0], [0, 0, 0]]]);
});

test("the point before is hidden by a key, the next one without Shift", () => {
  click(1, 1);
  tool.toggle();
  tool.hideNext();
  click(2, 2);
  click(3, 3);
  assert.deepEqual(drawn, [[[1, 1, 1], [2, 2, 1], [3, 3, 2]]]);
});

test("two fingers that move the image leave what was placed; Escape does not", () => {
  click(1, 1);
  tool.down(at(5, 5));
  tool.pause();
  tool.up(at(90, 90));
  assert.equal(tool.busy, true);
  tool.cancel();
  tool.finish();
  assert.deepEqual([tool.busy, drawn], [false, []]);
});

test("without a skeleton each click is a point, until Enter or a double click", () => {
  skeleton = {};
  click(1, 1);
  tool.skip();
  click(2, 2);
  tool.finish();
  click(3, 3);
  tool.down(at(3, 3, { again: true }));
  assert.deepEqual(drawn, [[[1, 1, 2], [2, 2, 2]], [[3, 3, 2]]]);
});

test("nothing is drawn of points that are all not there", () => {
  for (let count = 0; count < 3; count += 1) tool.skip();
  assert.deepEqual([drawn, tool.busy], [[], false]);
});
