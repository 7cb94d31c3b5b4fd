import assert from "node:assert/strict";
import { test } from "node:test";
import { leaveFor, once } from "../../static/js/widgets/busy.js";

class Button {
  #attributes = new Map();
  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }
  setAttribute(name, value) {
    this.#attributes.set(name, value);
  }
  removeAttribute(name) {
    this.#attributes.delete(name);
  }
}

test("what is asked twice at once is done once, and can be asked again afterwards", async () => {
  const button = /** @type {any} */ (new Button());
  const done = [];
  const send = async () => done.push(button.getAttribute("aria-busy"));
  await Promise.all([once(button, send), once(button, send)]);
  assert.deepEqual([done, button.getAttribute("aria-busy")], [["true"], null]);
  await assert.rejects(once(button, () => Promise.reject(new Error("refused"))), { message: "refused" });
  await once(button, send);
  assert.equal(done.length, 2);
});

test("a button that leads to another page stays busy until this one is left", async () => {
  const button = /** @type {any} */ (new Button());
  const page = new EventTarget();
  const gone = [];
  Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), location: { assign: (address) => gone.push(address) } });
  const leaving = once(button, () => leaveFor("/projects/7/"));
  await once(button, () => leaveFor("/projects/8/"));
  assert.deepEqual([gone, button.getAttribute("aria-busy")], [["/projects/7/"], "true"]);
  page.dispatchEvent(new Event("pagehide"));
  await leaving;
  assert.equal(button.getAttribute("aria-busy"), null);
});
