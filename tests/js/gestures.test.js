import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { Gestures } = await import("../../static/js/label/gestures.js");

function gestures(toolbox, { sitting = {}, drawing = {}, history = {} } = {}) {
  const page = { sitting: { image: 7, ready: true, ...sitting }, drawing: { toolbox, smart: { verbs: {} }, arranging: { verbs: {} }, ...drawing }, surroundings: { verbs: {} }, seeing: { verbs: {} } };
  return new Gestures(page, { store: /** @type {any} */ ({}), history: /** @type {any} */ (history), ownSteps: true }).verbs;
}

test("undo takes back a click of what is being drawn, and else the last change of the image at hand", () => {
  const done = [];
  let clicks = 1;
  const toolbox = { back: () => clicks > 0 && done.push(`click ${clicks--}`) > 0 };
  const { undo } = gestures(toolbox, { history: { canUndo: () => true, undo: (image) => done.push(`change of ${image}`) } });
  undo();
  undo();
  assert.deepEqual(done, ["click 1", "change of 7"]);
});

test("Backspace once too often refuses no suggestion; Delete does, where nothing is selected", () => {
  let refused = 0;
  const verbs = gestures({ back: () => false }, { sitting: { refuseTop: () => (refused += 1) }, drawing: { remove: () => false } });
  verbs.deleteSelected();
  assert.equal(refused, 0);
  verbs.delete();
  assert.equal(refused, 1);
});
