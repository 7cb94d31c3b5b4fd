import assert from "node:assert/strict";
import { test } from "node:test";
import { Presence } from "../../static/js/label/presence.js";
import { box, Server, sitting, until } from "./syncing.js";

const api = () => ({ sent: [], async put(url) { this.sent.push(`put ${url}`); }, async delete(url) { this.sent.push(`delete ${url}`); } });
const grace = (image, tab = "a") => ({ tab, user: 2, name: "Grace", image });

test("others are at an image until they leave, go to another, or are not heard of for a while", () => {
  let now = 0;
  const presence = new Presence({ user: 1, tab: "mine", api: api(), now: () => now });
  presence.heard(grace(7));
  presence.heard(grace(7, "b"));
  presence.heard({ ...grace(7, "c"), user: 1 }); // oneself, in another tab
  assert.deepEqual(presence.at(7), [{ user: 2, name: "Grace" }]);
  presence.left(grace(7, "b"));
  presence.heard(grace(8));
  presence.left(grace(7)); // that came late
  assert.deepEqual([presence.at(7).length, presence.at(8).length], [0, 1]);
  now = 12_000;
  assert.deepEqual(presence.at(8), []);
});

test("one says where one is after a moment, and when one leaves", async () => {
  const told = api();
  const presence = new Presence({ user: 1, tab: "mine", api: told });
  for (const image of [1, 2, 3]) presence.show(image);
  await until(() => told.sent.length === 1);
  presence.show(null);
  assert.deepEqual(told.sent, ["put /api/images/3/presence/mine/", "delete /api/images/3/presence/mine/"]);
});

test("what others save is shown, beside what is not saved yet here", async () => {
  const server = new Server();
  server.apply({ upsert: [box("a")] });
  const { store, sync, settled } = await sitting(server);
  server.down = 1;
  store.change(7, { upsert: [box("mine")] }, "local");
  server.apply({ upsert: [box("hers")], delete: ["a"] });
  await Promise.all([sync.heardOf(7, 2), sync.heardOf(7, 2)]);
  assert.deepEqual(store.annotations(7).map((each) => each.id), ["hers", "mine"]);
  server.gets = 0;
  await sync.heardOf(7, 2);
  await sync.hurry();
  await settled();
  assert.deepEqual([...server.rows.keys()], ["hers", "mine"]);
});
