import assert from "node:assert/strict";
import { test } from "node:test";
import { Ahead } from "../../static/js/label/ahead.js";
import { MemoryJournal } from "../../static/js/store/memory_journal.js";
import { Store } from "../../static/js/store/store.js";
import { Sync } from "../../static/js/store/sync.js";

globalThis.Image = /** @type {any} */ (class {
  async decode() {}
});

const items = Array.from({ length: 100 }, (_, id) => ({ id, display: "" }));
const labels = { revision: 0, status: "new", annotations: [], suggestions: [] };

function parts() {
  const server = { down: true, get: async () => labels, patch: async () => ({ ...labels, revision: 1 }) };
  const patch = server.patch;
  server.patch = async () => {
    if (server.down) throw Object.assign(new Error("down"), { status: 0 });
    return patch();
  };
  const store = new Store();
  const sync = new Sync({ store, journal: new MemoryJournal(), api: server, project: { id: 1, oneClass: false, user: 1 } });
  return { server, store, sync, ahead: new Ahead(sync, async () => {}) };
}

async function walk(ahead, from, to) {
  for (let index = from; index < to; index += 1) {
    await ahead.labels(index);
    await ahead.around(items, index);
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}

test("labels of images that are far are let go, once nothing of theirs waits", async () => {
  const { server, store, sync, ahead } = parts();
  const known = () => items.filter(({ id }) => store.has(id)).map(({ id }) => id);
  await walk(ahead, 0, 1);
  store.change(0, { status: "labelled" }, "local");
  await walk(ahead, 1, 50);
  assert.deepEqual(known(), [0, 47, 48, 49, 50, 51, 52, 53]);
  server.down = false;
  await sync.hurry();
  await walk(ahead, 50, 52);
  assert.deepEqual(known(), [49, 50, 51, 52, 53, 54, 55]);
});

test("an image that is wanted again while it is let go stays", async () => {
  const { store, ahead } = parts();
  await walk(ahead, 0, 1);
  const away = ahead.around(items, 50);
  const back = ahead.around(items, 0);
  await Promise.all([away, back, ahead.labels(0)]);
  assert.ok(store.has(0));
});
