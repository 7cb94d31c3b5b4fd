import assert from "node:assert/strict";
import { test } from "node:test";

import { hasSecondLine } from "../../static/js/gallery/captions.js";
import { Query } from "../../static/js/gallery/query.js";
import { Selection } from "../../static/js/gallery/selection.js";

test("an address becomes filters and the same address again", () => {
  const text = "status=new&status=labelled&class=3&class=none&search=cat+1&trashed=1&ordering=name";
  const query = new Query(`?${text}`);
  assert.deepEqual(query.filters, { status: ["new", "labelled"], class: ["3", "none"], search: "cat 1" });
  assert.equal(query.trashed, true);
  assert.equal(query.params().toString(), text);
  assert.equal(new Query("").params().toString(), "");
});

test("filters are toggled, replaced and cleared", () => {
  const query = new Query("?split=train");
  query.toggle("split", "test");
  query.toggle("split", "train");
  assert.deepEqual(query.chosen.split, ["test"]);
  query.only("status", "new");
  query.only("status", null);
  assert.deepEqual(query.chosen.status, []);
  assert.equal(query.narrowed, true);
  query.clear();
  assert.equal(query.narrowed, false);
});

const ids = [10, 11, 12, 13, 14];
const listing = {
  length: 5,
  at: (place) => (place in ids ? { id: ids[place] } : null),
  idsBetween: async (first, last) => ids.slice(first, last + 1),
};

test("a click chooses one, another with Shift the range between", async () => {
  const selection = new Selection(listing);
  selection.only(3);
  await selection.extend(1);
  assert.deepEqual([...selection.ids], [11, 12, 13]);
  await selection.extend(4);
  assert.deepEqual([...selection.ids], [13, 14]);
});

test("single ones are added and taken away", () => {
  const selection = new Selection(listing);
  selection.toggle(0);
  selection.toggle(2);
  selection.toggle(0);
  selection.toggle(9);
  assert.deepEqual([...selection.ids], [12]);
});

test("all that match are meant apart from those that are taken away, until something else is chosen", () => {
  const selection = new Selection(listing);
  selection.all();
  assert.equal(selection.has(999), true);
  selection.toggle(1);
  assert.deepEqual([selection.everything, selection.size, selection.has(11), selection.has(12)], [true, 4, false, true]);
  selection.only(0);
  assert.equal(selection.everything, false);
  assert.equal(selection.has(999), false);
});

test("a range that comes too late changes nothing", async () => {
  const selection = new Selection(listing);
  selection.only(0);
  const late = selection.extend(4);
  selection.only(2);
  await late;
  assert.deepEqual([...selection.ids], [12]);
});

test("a range that cannot be asked for leaves what is chosen and says why", async () => {
  const selection = new Selection({ ...listing, idsBetween: async () => { throw new Error("away"); } });
  selection.only(1);
  const heard = [];
  selection.addEventListener("failure", (/** @type {any} */ event) => heard.push(event.detail.message));
  await selection.extend(3);
  assert.deepEqual([heard, [...selection.ids]], [["away"], [11]]);
});

test("names stand alone where no image of the list has a class, a split or days in the trash", () => {
  const counts = (classes, splits) => ({ class: classes, split: splits });
  const none = counts({ none: 9 }, { none: 9 });
  assert.equal(hasSecondLine(none, new Query("")), false);
  assert.equal(hasSecondLine(none, new Query("trashed=1")), true);
  assert.equal(hasSecondLine(counts({ none: 8, 3: 1 }, { none: 9 }), new Query("")), true);
  assert.equal(hasSecondLine(counts({ none: 8, 3: 1 }, { none: 9 }), new Query("class=none")), false);
  assert.equal(hasSecondLine(counts({ none: 8, 3: 1 }, { none: 9 }), new Query("class=none&class=3")), true);
  assert.equal(hasSecondLine(counts({}, { train: 9 }), new Query("")), true);
});
