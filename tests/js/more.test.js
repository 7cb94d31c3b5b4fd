import assert from "node:assert/strict";
import { test } from "node:test";
import { More } from "../../static/js/widgets/more.js";

class Button extends EventTarget {
  hidden = false;
  busy = false;
  setAttribute() {
    this.busy = true;
  }
  removeAttribute() {
    this.busy = false;
  }
  closest() {
    return this;
  }
  click() {
    this.dispatchEvent(new Event("click"));
  }
}

/** A list whose pages are answered when the test says so. */
function list() {
  const asked = [];
  const button = new Button();
  const shown = [];
  const get = (address) => new Promise((resolve) => asked.push({ address, answer: resolve }));
  const more = new More(/** @type {any} */ (button), (page) => shown.push(...page.results), get);
  return { asked, button, more, shown };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("a double press adds a page once", async () => {
  const { asked, button, more, shown } = list();
  more.begin("/2");
  button.click();
  button.click();
  assert.equal(asked.length, 1);
  assert.equal(button.busy, true);
  asked[0].answer({ results: [1, 2], next: "/3" });
  await settled();
  assert.deepEqual(shown, [1, 2]);
  button.click();
  assert.equal(asked[1].address, "/3");
});

test("an answer for a list that was begun anew since is dropped", async () => {
  const { asked, button, more, shown } = list();
  more.begin("/old");
  button.click();
  more.begin();
  asked[0].answer({ results: [1], next: "/older" });
  await settled();
  assert.deepEqual(shown, []);
  assert.equal(button.hidden, true);
  more.begin("/new");
  button.click();
  assert.equal(asked[1].address, "/new");
});

test("it goes away after the last page", async () => {
  const { asked, button, more } = list();
  more.begin("/2");
  assert.equal(button.hidden, false);
  button.click();
  asked[0].answer({ results: [], next: null });
  await settled();
  assert.equal(button.hidden, true);
});
