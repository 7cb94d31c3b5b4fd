import assert from "node:assert/strict";
import { test } from "node:test";
import { RowPlaces } from "../../static/js/upload/row_places.js";

const rows = (count) => Array.from({ length: count }, (_each, number) => ({ number }));

test("what has not been measured is as high as usual, and rows lie below what was", () => {
  const places = new RowPlaces(10);
  places.list(rows(100));
  assert.equal(places.whole, 1000);
  assert.equal(places.measure(new Map([[3, 40]])), true);
  assert.deepEqual([places.top(3), places.top(4), places.whole], [30, 70, 1030]);
  assert.equal(places.measure(new Map([[3, 40], [4, 10]])), false);
});

test("the row at a height is found between tall and usual ones", () => {
  const places = new RowPlaces(10);
  places.list(rows(100));
  places.measure(new Map([[0, 50], [1, 5]]));
  assert.deepEqual([0, 49, 50, 54, 55, 64, 65, 5000].map((height) => places.at(height)), [0, 0, 1, 1, 2, 2, 3, 99]);
});

test("heights are kept when another choice of the rows is listed, until the width changes", () => {
  const places = new RowPlaces(10);
  const all = rows(10);
  places.list(all);
  places.measure(new Map([[6, 30]]));
  places.list([all[6], all[7]]);
  assert.deepEqual([places.top(1), places.whole], [30, 40]);
  places.forget();
  assert.equal(places.whole, 20);
});

test("an empty list has no height", () => {
  const places = new RowPlaces(10);
  places.list([]);
  assert.deepEqual([places.whole, places.at(0)], [0, 0]);
});
