import assert from "node:assert/strict";
import test from "node:test";
import { cut, joined, subtracted } from "../../static/js/canvas/polygon_sums.js";

const square = (x, y, side) => [[[x, y], [x + side, y], [x + side, y + side], [x, y + side]]];
const area = (ring) => Math.abs(ring.reduce((sum, [x, y], index) => sum + ring.at(index - 1)[0] * y - x * ring.at(index - 1)[1], 0) / 2);
const areaOf = ([outer, ...holes]) => area(outer) - holes.reduce((sum, each) => sum + area(each), 0);

test("polygons that overlap become one, those that do not stay several", () => {
  const [one, ...others] = joined([square(0, 0, 10), square(5, 5, 10)]);
  assert.equal(others.length, 0);
  assert.equal(areaOf(one), 175);
  assert.equal(joined([square(0, 0, 10), square(50, 50, 10)]).length, 2);
});

test("what is taken out of the middle is a hole, across it makes two", () => {
  const [ring] = subtracted(square(0, 0, 10), square(3, 3, 4));
  assert.deepEqual([ring.length, areaOf(ring)], [2, 84]);
  assert.equal(subtracted(square(0, 0, 10), [[[4, -1], [6, -1], [6, 11], [4, 11]]]).length, 2);
  assert.deepEqual(subtracted(square(0, 0, 10), square(-5, -5, 30)), []);
});

test("a cut leaves nothing out: both parts have the points of the cut edge", () => {
  const parts = cut(square(0, 0, 100), [[-5, 30], [50, 45], [105, 30]]);
  assert.equal(parts.length, 2);
  assert.ok(Math.abs(areaOf(parts[0]) + areaOf(parts[1]) - 10_000) < 0.05, `${areaOf(parts[0]) + areaOf(parts[1])}`);
  for (const [ring] of parts) assert.ok(ring.some(([x, y]) => Math.hypot(x - 50, y - 45) < 0.01), JSON.stringify(ring));
});

test("a cut goes through holes, and one that ends inside cuts nothing off", () => {
  const ring = [...square(0, 0, 100), ...square(40, 40, 20).map((each) => each.toReversed())];
  const parts = cut(ring, [[-5, 50], [105, 50]]);
  assert.deepEqual(parts.map((each) => each.length), [1, 1]);
  assert.equal(cut(square(0, 0, 100), [[-5, 50], [50, 50]]).length, 1);
});
