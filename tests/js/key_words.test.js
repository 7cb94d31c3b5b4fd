import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { keyText } = await import("../../static/js/lib/key_words.js");

test("keys are written as people read them", () => {
  const words = (keys, how) => keyText(keys, { apple: false, ...how });
  assert.deepEqual(["mod+shift+z", "ArrowLeft", "+", "mod++", "g i", "F2", "[", "Space"].map((each) => words(each)), ["Ctrl+Shift+Z", "←", "+", "Ctrl++", "G I", "F2", "[", "Space"]);
  assert.deepEqual([words("shift+Enter", { short: true }), words("mod+Enter", { short: true }), words("n", { short: true })], ["⇧↵", "Ctrl+↵", "N"]);
  assert.equal(words("mod+shift+z", { apple: true }), "⌘⇧Z");
});
