import assert from "node:assert/strict";
import { test } from "node:test";

import { ChosenKeys } from "../../static/js/keys/chosen_keys.js";
import { allClashes, clashing, without } from "../../static/js/keys/clashes.js";
import { PROFILES } from "../../static/js/keys/profiles.js";
import { Keymap } from "../../static/js/lib/keymap.js";

const NEXT = { name: "step:1", keys: "ArrowRight" };
const COPY = { name: "copy", keys: ["mod+c"] };

function kept(value = null) {
  return { value, read() { return this.value; }, keep(given) { this.value = structuredClone(given); } };
}

test("our keys are in force until somebody chooses others", () => {
  const chosen = new ChosenKeys(PROFILES, kept());
  assert.deepEqual(chosen.of(NEXT), ["ArrowRight"]);
  chosen.choose("cvat");
  assert.deepEqual(chosen.of(NEXT), ["f", "ArrowRight"]);
  assert.deepEqual(chosen.of({ keys: "1" }), ["1"]);
});

test("own keys win over any profile, are kept, and are given back one by one or all at once", () => {
  const store = kept();
  const chosen = new ChosenKeys(PROFILES, store);
  chosen.set(NEXT, ["k"]);
  chosen.set(COPY, []);
  chosen.choose("labelme");
  const again = new ChosenKeys(PROFILES, store);
  assert.deepEqual([again.profile, again.of(NEXT), again.of(COPY)], ["labelme", ["k"], []]);
  again.reset(NEXT);
  assert.deepEqual([again.of(NEXT), again.isOwn(NEXT), again.isOwn(COPY)], [["d", "ArrowRight"], false, true]);
  again.resetAll();
  assert.deepEqual([again.of(COPY), again.hasOwn], [["mod+c"], false]);
});

test("a key that is as in the profile is no own one", () => {
  const chosen = new ChosenKeys(PROFILES, kept());
  chosen.set(NEXT, ["x"]);
  chosen.set(NEXT, ["ArrowRight"]);
  assert.equal(chosen.hasOwn, false);
});

test("what is kept and cannot be understood counts for nothing", () => {
  for (const bad of [{ profile: "gone" }, { profile: "constructor" }, { own: { copy: "x" } }, { own: { copy: [1] } }, "text", 7]) {
    const chosen = new ChosenKeys(PROFILES, kept(bad));
    assert.deepEqual([chosen.profile, chosen.of(COPY)], ["labelapp", ["mod+c"]]);
  }
});

test("whoever watches is told of each change", () => {
  const chosen = new ChosenKeys(PROFILES, kept());
  let told = 0;
  chosen.observe(() => (told += 1));
  chosen.set(COPY, ["k"]);
  chosen.choose("cvat");
  chosen.read();
  assert.equal(told, 3);
});

test("a clash is the same key in any spelling, or the beginning of a sequence", () => {
  const commands = [
    { name: "copy", inForce: ["mod+c"] }, { name: "big", inForce: ["shift+R"] }, { inForce: ["g i"] }, { name: "none", inForce: [] },
  ];
  assert.deepEqual(clashing("Ctrl+C", commands).map((each) => each.name), ["copy"]);
  assert.deepEqual(clashing("mod+c", commands, { name: "copy" }), []);
  assert.deepEqual(clashing("g", commands), [commands[2]]);
  assert.deepEqual(clashing("i", commands), []);
  assert.deepEqual(without("Ctrl+F", ["mod+f", "F"]), ["F"]);
  assert.deepEqual([...allClashes([...commands, { name: "other", inForce: ["shift+r"] }])], [["shift+r", ["big", "other"]]]);
});

test("a keymap goes by the keys in force, also of what is registered later", () => {
  const keymap = new Keymap();
  const binding = (name, keys) => ({ name, keys, label: name, run: () => name });
  const press = (key) => keymap.press({ key, timeStamp: 0 })?.();
  keymap.add("Page", [binding("a", "a")]);
  keymap.rebind(({ name, keys }) => ({ a: ["x", "y"], b: [] })[name] ?? [keys]);
  keymap.add("Later", [binding("b", "b"), binding("c", "c")]);
  assert.deepEqual(["a", "x", "y", "b", "c"].map(press), [undefined, "a", "a", undefined, "c"]);
});
