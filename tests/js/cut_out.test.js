import assert from "node:assert/strict";
import { test } from "node:test";

import { CutOutTool } from "../../static/js/canvas/tools/cut_out_tool.js";

const at = (x, y, more = {}) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0, shift: false, ...more });
const shapeOf = (name) => ({ shape: "mask", geometry: { name } });

function setUp() {
  const asked = [], taken = [], drafts = [];
  const item = { id: 1, width: 100, height: 100 };
  const assistant = {
    shape: "mask",
    ask: (tool, input, signal) => new Promise((resolve) => asked.push({ tool, input, signal, answer: (results) => resolve(results) })),
    take: (_item, found) => taken.push(found.geometry.name),
    nothing: () => taken.push("nothing"),
    notForAreas: () => taken.push("not for areas"),
    tell() {},
  };
  const stage = { item, draft: (shape, geometry) => drafts.push(shape && (geometry.name ?? shape)) };
  const still = { begin() {}, extend() {}, clear() {}, look() {}, show() {}, diameter: 10 };
  const tool = new CutOutTool(/** @type {any} */ (stage), /** @type {any} */ (assistant), /** @type {any} */ (still), /** @type {any} */ (still));
  const drag = (from, to) => {
    tool.down(from);
    tool.move(to, true);
    tool.up(to);
  };
  return { tool, asked, taken, drafts, drag, assistant };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a dragged box is asked about, and Enter takes what was found", async () => {
  const { tool, asked, taken, drafts, drag } = setUp();
  drag(at(10, 10), at(40, 50));
  assert.deepEqual(asked[0].input, { box: [10, 10, 30, 40], shape: "mask", keep: [], remove: [] });
  asked[0].answer([shapeOf("cat")]);
  await settled();
  assert.equal(drafts.at(-1), "cat");
  tool.finish();
  assert.deepEqual(taken, ["cat"]);
  assert.equal(tool.busy, false);
});

test("two clicks are a box as well", () => {
  const { tool, asked } = setUp();
  tool.down(at(10, 10));
  tool.up(at(10, 10));
  tool.down(at(40, 50));
  assert.equal(asked.length, 1);
});

test("who goes on before the answer is there gets it all the same", async () => {
  const { asked, taken, drag, tool } = setUp();
  drag(at(10, 10), at(40, 50));
  drag(at(60, 60), at(90, 90)); // outside of the box: the first is taken
  asked[0].answer([shapeOf("late")]);
  await settled();
  assert.deepEqual(taken, ["late"]);
  assert.equal(tool.busy, true);
  assert.equal(asked.length, 2);
});

test("strokes inside tell more, the newest answer counts, and the last stroke can be taken back", async () => {
  const { asked, drag, drafts, tool } = setUp();
  drag(at(10, 10), at(40, 50));
  drag(at(20, 20), at(25, 25));
  drag(at(30, 30, { shift: true }), at(32, 32, { shift: true }));
  assert.ok(asked[0].signal.aborted && asked[1].signal.aborted);
  const { keep, remove } = asked[2].input;
  assert.deepEqual([keep.length, remove.length, keep[0].width], [1, 1, 10]);
  asked[1].answer([shapeOf("old")]);
  asked[2].answer([shapeOf("new")]);
  await settled();
  assert.equal(drafts.at(-1), "new");
  tool.back();
  assert.equal(asked[3].input.remove.length, 0);
});

test("Escape gives it up, and an answer that comes then is for nothing", async () => {
  const { tool, asked, taken, drag } = setUp();
  drag(at(10, 10), at(40, 50));
  tool.cancel();
  assert.ok(asked[0].signal.aborted);
  asked[0].answer([shapeOf("gone")]);
  await settled();
  assert.deepEqual([taken, tool.busy], [[], false]);
});

test("where nothing is found it is said, and where the class is for no area as well", async () => {
  const { asked, taken, drag, assistant } = setUp();
  drag(at(10, 10), at(40, 50));
  asked[0].answer([]);
  await settled();
  assert.deepEqual(taken, ["nothing"]);
  assistant.shape = /** @type {any} */ (null);
  drag(at(60, 60), at(90, 90));
  assert.equal(taken.at(-1), "not for areas");
});

test("two fingers that move the image draw no stroke, and take none back", async () => {
  const { asked, drag, tool, taken } = setUp();
  drag(at(10, 10), at(40, 50));
  drag(at(20, 20), at(25, 25));
  tool.down(at(30, 30));
  tool.move(at(31, 31), true);
  tool.pause();
  tool.up(at(35, 35));
  assert.deepEqual([asked.length, asked[1].input.keep.length], [2, 1]);
  asked[1].answer([shapeOf("cat")]);
  await settled();
  tool.finish();
  assert.deepEqual(taken, ["cat"]);
});
