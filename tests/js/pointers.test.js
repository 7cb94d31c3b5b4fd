import assert from "node:assert/strict";
import test from "node:test";

const { Pointers } = await import("../../static/js/canvas/pointers.js");
const { ViewBox } = await import("../../static/js/canvas/view_box.js");

const LONG = 600; // milliseconds, longer than a finger has to rest

function stage({ shape = true } = {}) {
  const element = Object.assign(new EventTarget(), {
    closest: () => null,
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
  });
  const view = new ViewBox();
  view.resize({ width: 400, height: 300 });
  view.show({ width: 400, height: 300 });
  const told = [];
  const tool = {
    down: () => told.push("down") && shape,
    move: () => {},
    up: () => told.push("up"),
    cancel: () => told.push("cancel"),
    menu: (at) => told.push(`menu at ${at.x},${at.y}`) && shape,
  };
  new Pointers(element, view, { tool: () => tool, onLook() {}, onTap() {}, onPoint() {} });
  const send = (type, clientX, more = {}) => {
    const event = Object.assign(new Event(type, { cancelable: true }), { pointerId: 1, pointerType: "touch", button: 0, clientX, clientY: 50, ...more });
    element.dispatchEvent(event);
    return event;
  };
  return { told, send };
}

test("a finger that rests on a shape asks for its menu, and lets the shape go", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, send } = stage();
  send("pointerdown", 50);
  send("pointermove", 52);
  context.mock.timers.tick(LONG);
  send("pointerup", 52);
  assert.deepEqual(told, ["down", "menu at 50,50", "cancel"]);
  assert.ok(send("contextmenu", 50).defaultPrevented, "the browser's own menu does not come as well");
});

for (const [what, gesture] of Object.entries({
  "is lifted": (send) => send("pointerup", 50),
  "has moved": (send) => send("pointermove", 70),
  "is joined by another one": (send) => send("pointerdown", 90, { pointerId: 2 }),
  "is taken away": (send) => send("pointercancel", 50),
})) {
  test(`no menu comes for a finger that ${what}`, (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { told, send } = stage();
    send("pointerdown", 50);
    gesture(send);
    context.mock.timers.tick(LONG);
    assert.deepEqual(told.filter((each) => each.startsWith("menu")), []);
  });
}

test("a mouse that rests asks for nothing, and a finger beside all shapes goes on moving the image", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const mouse = stage();
  mouse.send("pointerdown", 50, { pointerType: "mouse" });
  context.mock.timers.tick(LONG);
  assert.deepEqual(mouse.told, ["down"]);
  const beside = stage({ shape: false });
  beside.send("pointerdown", 50);
  context.mock.timers.tick(LONG);
  assert.deepEqual(beside.told, ["down", "menu at 50,50"]);
});
