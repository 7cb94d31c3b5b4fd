import assert from "node:assert/strict";
import { test } from "node:test";

import { ScissorsTool } from "../../static/js/canvas/tools/scissors_tool.js";

const at = (x, y, more = {}) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0, shift: false, again: false, ...more });

/** A pale square from 20 to 80 on a dark ground. */
function picture(size = 100) {
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) data.fill(x >= 20 && x < 80 && y >= 20 && y < 80 ? 220 : 40, (y * size + x) * 4, (y * size + x) * 4 + 3);
  return { width: size, height: size, data };
}

function setUp(allowed = ["polygon", "mask", "polyline"]) {
  const drawn = [], drafts = [];
  const pixels = picture();
  const assistant = {
    among: (shapes) => shapes.find((each) => allowed.includes(each)) ?? null,
    during: async () => pixels,
    drawn: (_item, shape, points) => drawn.push({ shape, points }),
    notForAreas: () => drawn.push("not for areas"),
  };
  const stage = { item: { width: 100, height: 100 }, draft: (_shape, geometry) => drafts.push(geometry?.points ?? null) };
  return { tool: new ScissorsTool(/** @type {any} */ (stage), /** @type {any} */ (assistant)), drawn, drafts };
}

const ready = () => new Promise((resolve) => setTimeout(resolve, 20));

async function click(tool, x, y, more) {
  tool.move(at(x, y));
  tool.down(at(x, y, more));
  await ready();
}

test("the line follows the edge of a square round its corners, and closes on the first point", async () => {
  const { tool, drawn, drafts } = setUp();
  await click(tool, 20, 30);
  tool.move(at(50, 20));
  const line = drafts.at(-1);
  assert.ok(line.some(([x, y]) => x < 23 && y < 24), "by the corner, not across it");
  await click(tool, 50, 20);
  await click(tool, 80, 50);
  await click(tool, 50, 80);
  await click(tool, 21, 32);
  assert.equal(drawn[0].shape, "polygon");
  assert.equal(tool.busy, false);
  const xs = drawn[0].points.map(([x]) => x), ys = drawn[0].points.map(([, y]) => y);
  for (const [least, most] of [[Math.min(...xs), Math.max(...xs)], [Math.min(...ys), Math.max(...ys)]]) {
    assert.ok(Math.abs(least - 20) < 2 && Math.abs(most - 80) < 2, `${least} ${most}`);
  }
  assert.ok(drawn[0].points.length < 40, "few points tell a square");
});

test("the last piece is taken back, and with the first the whole", async () => {
  const { tool, drafts } = setUp();
  await click(tool, 20, 30);
  await click(tool, 50, 20);
  tool.back();
  await ready();
  assert.equal(tool.busy, true);
  tool.back();
  assert.deepEqual([tool.busy, drafts.at(-1)], [false, null]);
});

test("with Shift it goes straight, and a line is not closed", async () => {
  const { tool, drawn } = setUp(["polyline"]);
  await click(tool, 20, 30);
  await click(tool, 50, 50, { shift: true });
  tool.finish();
  assert.deepEqual(drawn, [{ shape: "polyline", points: [[20, 30], [50, 50]] }]);
});

test("a class that takes neither areas nor lines is told of, and nothing begins outside the image", async () => {
  const { tool, drawn } = setUp([]);
  await click(tool, 20, 30);
  assert.deepEqual([drawn, tool.busy], [["not for areas"], false]);
  const other = setUp().tool;
  await click(other, 120, 30);
  assert.equal(other.busy, false);
});

test("a line that the class chosen meanwhile does not take is kept until another is chosen", async () => {
  const allowed = ["polyline"];
  const { tool, drawn } = setUp(allowed);
  await click(tool, 20, 30);
  await click(tool, 50, 50, { shift: true });
  allowed.length = 0;
  tool.finish();
  assert.deepEqual([drawn, tool.busy], [["not for areas"], true]);
  allowed.push("polyline");
  tool.finish();
  assert.deepEqual([drawn.at(-1).shape, tool.busy], ["polyline", false]);
});
