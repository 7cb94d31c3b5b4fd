import assert from "node:assert/strict";
import { test } from "node:test";

import { ChosenKeys } from "../../static/js/keys/chosen_keys.js";
import { allClashes } from "../../static/js/keys/clashes.js";
import { PROFILES } from "../../static/js/keys/profiles.js";

globalThis.gettext = (text) => text;
globalThis.interpolate = (text) => text;
globalThis.document = /** @type {any} */ ({ addEventListener() {} });
const { Keys } = await import("../../static/js/label/keys.js");
const { shortcuts } = await import("../../static/js/widgets/shortcuts.js");

const verbs = new Proxy({}, { get: () => () => {} });
const { registerStandingKeys } = await import("../../static/js/label/standing_keys.js");
registerStandingKeys(verbs, true, () => true);
new Keys(verbs, { oneClass: false, may: { label: true, review: true }, draws: true });
const commands = () => shortcuts.scopes.flatMap((each) => each.bindings);

test("every command has a name of its own, but for Escape", () => {
  const names = commands().map((each) => each.name);
  assert.deepEqual(commands().filter((each) => !each.name).map((each) => each.keys), ["Escape"], "give it a name, the last of what key() takes");
  assert.equal(new Set(names).size, names.length);
});

for (const profile of Object.keys(PROFILES)) {
  test(`no two commands have the same key in the profile ${profile}`, () => {
    const chosen = new ChosenKeys(PROFILES, { read: () => ({ profile }), keep() {} });
    shortcuts.rebind((each) => chosen.of(each));
    assert.deepEqual([...allClashes(commands())], []);
  });
}
