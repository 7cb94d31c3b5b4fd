import assert from "node:assert/strict";
import test from "node:test";

import { Confusion } from "../../static/js/training/confusion.js";
import { toCsv } from "../../static/js/training/csv.js";

const confusion = new Confusion({ classes: [7, 8, 9], matrix: [[4, 1, 0], [0, 0, 0], [3, 0, 2]] });

test("a cell knows its share of the true class", () => {
  assert.deepEqual(confusion.cell(0, 0), { count: 4, share: 0.8 });
  assert.deepEqual(confusion.cell(2, 0), { count: 3, share: 0.6 });
});

test("a class without images has shares of nothing", () => {
  assert.deepEqual(confusion.cell(1, 1), { count: 0, share: 0 });
});

test("the sums are those of the images", () => {
  assert.equal(confusion.total, 10);
  assert.deepEqual(confusion.rowSums, [5, 0, 5]);
});

test("the worst confusions come first, and right answers are none", () => {
  assert.deepEqual(confusion.worst(5).map(({ row, column }) => [row, column]), [[2, 0], [0, 1]]);
  assert.equal(confusion.worst(1).length, 1);
});

test("fifty classes are counted in no time", () => {
  const classes = Array.from({ length: 60 }, (_each, index) => index);
  const large = new Confusion({ classes, matrix: classes.map((row) => classes.map((column) => row * column)) });
  assert.equal(large.worst(10).length, 10);
  assert.equal(large.highest, 59 * 59);
});

test("CSV quotes what needs it and disarms formulas", () => {
  assert.equal(toCsv([["a,b", 'say "x"', "=1+1", "-2", 3.5, -1, null]]), '"a,b","say ""x""",\'=1+1,\'-2,3.5,-1,\r\n');
});
