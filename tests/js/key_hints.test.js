import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { hinted } = await import("../../static/js/keys/key_hints.js");

test("a title ends with the keys in force, in place of those that stood there", () => {
  assert.equal(hinted("Undo (Ctrl+Z)", ["u"]), "Undo (U)");
  assert.equal(hinted("Size of the tip ([ ])", ["-", "+"]), "Size of the tip (- +)");
  assert.equal(hinted("Undo (Ctrl+Z)", []), "Undo");
  assert.equal(hinted("Undo", ["shift+u"]), "Undo (Shift+U)");
});
