import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { csvRows } = await import("../../static/js/rounds/tables.js");
const { kappaText, progressOf, shareText } = await import("../../static/js/rounds/words.js");

test("a file has the round, its pairs, its classes and its images", () => {
  const figures = {
    images: 2, agreement: 0.5, mean_iou: 0.75, fleiss_tags: null,
    pairs: [{ first: 1, second: 2, images: 2, matched: 3, same_class: 2, agreement: 0.5, mean_iou: 0.75, kappa_shapes: 0.25, kappa_tags: null }],
    classes: [{ class: 9, labels: 4, agreement: 0.5, mean_iou: 0.75 }],
  };
  const rows = csvRows(figures, [{ id: 1, name: "Ann" }, { id: 2, name: "Bob" }], new Map([[9, { name: "cat" }]]), [{ name: "a.png", score: 0.5 }]);
  assert.deepEqual(rows.map(([what, name, and]) => [what, name, and]), [["what", "name", "and"], ["round", "", ""], ["pair", "Ann", "Bob"], ["class", "cat", ""], ["image", "a.png", ""]]);
  assert.ok(rows.every((row) => row.length === rows[0].length));
});

test("figures are told in words, and a dash where nothing can be said", () => {
  assert.equal(shareText(null), "–");
  assert.equal(shareText(0.456), "46%");
  assert.equal(kappaText(0.5), "0.50");
  assert.equal(progressOf([{ total: 4, labelled: 1 }, { total: 4, labelled: 3 }]).text, "4 / 8 · 50%");
});
