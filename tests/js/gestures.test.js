import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { Gestures } = await import("../../static/js/label/gestures.js");

test("undo takes back a click of what is being drawn, and else the last change of the image at hand", () => {
  const done = [];
  let clicks = 1;
  const toolbox = { back: () => clicks > 0 && done.push(`click ${clicks--}`) > 0 };
  const page = { sitting: { image: 7, ready: true }, drawing: { toolbox, smart: { verbs: {} }, arranging: { verbs: {} } }, surroundings: { verbs: {} }, seeing: { verbs: {} } };
  const history = /** @type {any} */ ({ canUndo: () => true, undo: (image) => done.push(`change of ${image}`) });
  const { undo } = new Gestures(page, { store: /** @type {any} */ ({}), history, ownSteps: true }).verbs;
  undo();
  undo();
  assert.deepEqual(done, ["click 1", "change of 7"]);
});
