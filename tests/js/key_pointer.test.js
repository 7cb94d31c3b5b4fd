import assert from "node:assert/strict";
import { test } from "node:test";

const page = new EventTarget();
const bare = () => ({ setAttribute() {}, replaceChildren() {}, style: {}, hidden: true, textContent: "" });
Object.assign(globalThis, {
  HTMLElement: class {},
  PointerEvent: class extends Event {},
  addEventListener() {},
  document: { createElement: bare, activeElement: null, addEventListener: page.addEventListener.bind(page) },
});
const { KeyPointer } = await import("../../static/js/canvas/key_pointer.js");

const letGo = (code) => page.dispatchEvent(Object.assign(new Event("keyup"), { code }));

test("the pointer is pressed as long as the key that somebody has chosen for it", () => {
  const told = [];
  const element = { append() {}, getBoundingClientRect: () => ({ left: 0, top: 0, width: 100, height: 80 }), dispatchEvent: ({ type }) => told.push(type) };
  const pointer = new KeyPointer(/** @type {any} */ (element), (x, y) => [x, y]);
  pointer.show();
  pointer.press({ code: "KeyX" });
  pointer.move(1, 0);
  letGo("ArrowRight");
  pointer.press({ code: "KeyX" }); // it is held
  letGo("KeyX");
  assert.deepEqual(told, ["pointermove", "pointerdown", "pointermove", "pointerup"]);
});
