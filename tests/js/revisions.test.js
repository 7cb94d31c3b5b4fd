import assert from "node:assert/strict";
import { test } from "node:test";
import { marked, tagsOf } from "../../static/js/revisions/marks.js";

globalThis.gettext = (text) => text;
globalThis.ngettext = (one, many, count) => (count === 1 ? one : many);
globalThis.interpolate = (text, values) => values.reduce((made, value) => made.replace("%s", value), text);
globalThis.document ??= { documentElement: { lang: "en" } };

const { whatItDid } = await import("../../static/js/revisions/words.js");

const box = (id, label = 1) => ({ id, class: label, shape: "box", geometry: { box: [0, 0, 9, 9] } });
const tag = (id, label) => ({ id, class: label, shape: "tag", geometry: {} });
const classes = new Map([[1, { id: 1, name: "car", color: "#111111" }], [2, { id: 2, name: "tree", color: "#222222" }]]);
const STATUSES = { new: "New", labelled: "Labelled" };
const nothing = { counts: {}, restored: null, occasion: "", status: "new", status_before: "new" };

test("a revision says what it did", () => {
  assert.deepEqual(whatItDid({ ...nothing, counts: { deleted: 2, drawn: 3, moved: 1 } }, STATUSES), ["3 drawn, 1 moved, 2 deleted"]);
  assert.deepEqual(whatItDid({ ...nothing, occasion: "Import of a.csv", counts: { drawn: 1 }, status: "labelled" }, STATUSES), ["Import of a.csv", "1 drawn", "New → Labelled"]);
  assert.deepEqual(whatItDid({ ...nothing, restored: 4 }, STATUSES), ["Restored revision 4"]);
  assert.deepEqual(whatItDid(nothing, STATUSES), ["Nothing was changed"]);
});

test("what was added, changed and removed is marked, and everything else stands back", () => {
  const revision = { annotations: [box("same"), box("new", 2), box("moved")], added: ["new"], changed: [box("moved")], removed: [box("gone")] };
  const { annotations, before, classes: colored } = marked(revision, classes, true);
  const colors = [...annotations, ...before].map((each) => colored.get(each.class).color);
  assert.equal(new Set(colors).size, 4);
  assert.deepEqual(before.map((each) => each.id), ["before moved", "before gone"]);
  assert.equal(colored.get(annotations[1].class).name, "tree");
  assert.deepEqual(marked(revision, classes, false), { annotations: revision.annotations, before: [], classes });
});

test("tags are told with what became of them", () => {
  const revision = { annotations: [tag("a", 1), tag("b", 2), box("c")], added: ["b"], changed: [], removed: [tag("d", 1)] };
  assert.deepEqual(tagsOf(revision, true).map((each) => each.mark), ["", "added", "removed"]);
  assert.deepEqual(tagsOf(revision, false).map((each) => each.mark), ["", ""]);
});
