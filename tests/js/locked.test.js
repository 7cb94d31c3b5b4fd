import assert from "node:assert/strict";
import test from "node:test";

globalThis.gettext = (text) => text;
const { Store } = await import("../../static/js/store/store.js");
const { Sitting } = await import("../../static/js/label/sitting.js");

const box = (id) => ({ id, class: 1, shape: "box", geometry: { box: [0, 0, 9, 9] }, attributes: {}, source: "manual" });

function sitting(...locked) {
  const store = new Store();
  store.load(7, { status: "in_progress", annotations: [box("a"), box("b")], suggestions: [] });
  const made = new Sitting({ store, oneClass: false, onDone() {} });
  made.image = 7;
  made.locked = (id) => locked.includes(id);
  let told = 0;
  made.onLocked = () => (told += 1);
  const changed = [];
  store.observe((event) => changed.push([...event.upsert.map((each) => each.id), ...event.delete.map((id) => `-${id}`)].join()));
  return { made, changed, told: () => told };
}

const GESTURES = {
  remove: (made, ids) => made.remove(new Set(ids)),
  relabel: (made, ids) => made.relabel(new Set(ids), 2),
  reshape: (made, ids) => made.reshape(ids.map((id) => ({ id, geometry: { box: [1, 1, 9, 9] } }))),
  amend: (made, ids) => made.amend(new Map(ids.map((id) => [id, { occluded: true }]))),
};

for (const [name, gesture] of Object.entries(GESTURES)) {
  test(`${name} passes over what is locked, and says so where all of it is`, () => {
    const some = sitting("a");
    gesture(some.made, ["a", "b"]);
    assert.deepEqual([some.changed, some.told()], [[name === "remove" ? "-b" : "b"], 0]);
    const all = sitting("a", "b");
    gesture(all.made, ["a", "b"]);
    assert.deepEqual([all.changed, all.told()], [[], 1]);
    gesture(all.made, []);
    assert.equal(all.told(), 1, "nothing was meant");
  });
}

test("a locked shape keeps its attributes", () => {
  const { made, changed, told } = sitting("a");
  made.describe("a", "colour", "red");
  assert.deepEqual([changed, told()], [[], 1]);
});
