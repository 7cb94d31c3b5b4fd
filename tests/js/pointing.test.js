import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
globalThis.document = /** @type {any} */ ({ createElement: () => ({ setAttribute() {}, replaceChildren() {}, style: { setProperty() {} }, textContent: "", hidden: true }) });
const { Pointing } = await import("../../static/js/label/pointing.js");

/** With one shape selected; it puts tools into the hand as the real one does. */
class Stage {
  #tool = /** @type {any} */ ({ name: "select", cancel() {} });
  mayEdit = true;
  selection = { points: { id: "a" } };
  points = [[10, 10, 2], [0, 0, 0], [0, 0, 0]];
  scene = { get: () => ({ id: "a", shape: "keypoints", geometry: { points: this.points } }) };

  get tool() {
    return this.#tool;
  }

  set tool(tool) {
    this.#tool?.cancel();
    this.#tool = tool;
  }

  changed([{ geometry }]) {
    this.points = geometry.points;
  }
}

const at = (x, y) => ({ x, y, screenX: x, screenY: y, scale: 1, button: 0, shift: false });

test("whoever places another point than the one they had begun with has their tool back afterwards", () => {
  const stage = new Stage();
  const pointing = new Pointing(/** @type {any} */ (stage), /** @type {any} */ ({ append() {} }), /** @type {any} */ ({ byId: new Map() }), /** @type {any} */ ({}));
  pointing.place(1);
  pointing.place(2);
  stage.tool.down(at(30, 40));
  stage.tool.up(at(30, 40));
  assert.deepEqual(stage.points, [[10, 10, 2], [0, 0, 0], [30, 40, 2]]);
  assert.equal(stage.tool.name, "select");
});
