import assert from "node:assert/strict";
import { test } from "node:test";

import { Keymap } from "../../static/js/lib/keymap.js";

const press = (key, more = {}) => ({ key, timeStamp: 0, ...more });

function keymapOf(...keys) {
  const keymap = new Keymap();
  keymap.add("Page", keys.map((each) => ({ keys: each, label: each, run: () => each })));
  return keymap;
}

test("a key runs what it is bound to", () => {
  const keymap = keymapOf("a", "ArrowLeft");
  assert.equal(keymap.press(press("a"))(), "a");
  assert.equal(keymap.press(press("ArrowLeft"))(), "ArrowLeft");
  assert.equal(keymap.press(press("b")), null);
});

test("Ctrl and Cmd are the same, and a bare key is another one", () => {
  const keymap = keymapOf("mod+k");
  assert.equal(keymap.press(press("k")), null);
  assert.equal(keymap.press(press("k", { ctrlKey: true }))(), "mod+k");
  assert.equal(keymap.press(press("k", { metaKey: true }))(), "mod+k");
});

test("a sequence needs its keys in order and in time", () => {
  const keymap = keymapOf("g i");
  assert.equal(keymap.press(press("g")), null);
  assert.equal(keymap.press(press("i", { timeStamp: 500 }))(), "g i");
  keymap.press(press("g", { timeStamp: 1000 }));
  assert.equal(keymap.press(press("i", { timeStamp: 5000 })), null);
});

test("signs are found with or without Shift, capital letters only with it", () => {
  const keymap = keymapOf("?", "shift+z");
  assert.equal(keymap.press(press("?", { shiftKey: true }))(), "?");
  assert.equal(keymap.press(press("z")), null);
  assert.equal(keymap.press(press("Z", { shiftKey: true }))(), "shift+z");
});

test("a later scope wins, until it is taken away", () => {
  const keymap = keymapOf("a");
  const remove = keymap.add("Dialog", [{ keys: "a", label: "", run: () => "later" }]);
  assert.equal(keymap.press(press("a"))(), "later");
  remove();
  assert.equal(keymap.press(press("a"))(), "a");
});

test("holding Shift alone does not break a sequence", () => {
  const keymap = keymapOf("g shift+i");
  keymap.press(press("g"));
  keymap.press(press("Shift", { shiftKey: true }));
  assert.equal(keymap.press(press("I", { shiftKey: true }))(), "g shift+i");
});

test("while somebody types only what says so is found, and no sequence begins", () => {
  const keymap = new Keymap();
  const binding = (keys, typing) => ({ keys, label: keys, typing, run: () => keys });
  keymap.add("Page", [binding("mod+z"), binding("mod+k", true), binding("g i")]);
  assert.equal(keymap.press(press("z", { ctrlKey: true }), true), null);
  assert.equal(keymap.press(press("k", { ctrlKey: true }), true)(), "mod+k");
  keymap.press(press("g"), true);
  assert.equal(keymap.press(press("i")), null);
});
