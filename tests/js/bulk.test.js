import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ended, inTurn, parts } from "../../static/js/gallery/bulk.js";

globalThis.gettext = (text) => text;
const { fetch } = globalThis;
afterEach(() => (globalThis.fetch = fetch));

/** What the server says, one answer after the other; null: none comes. */
function answers(...all) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address);
    const next = all.shift();
    if (next === null) throw new TypeError("Failed to fetch");
    return /** @type {any} */ ({ ok: next.code === undefined, status: next.code ?? 200, text: async () => JSON.stringify(next) });
  };
  return asked;
}

test("what a worker does is waited for through lost answers and a restarting server", async () => {
  const asked = answers({ id: 7, status: "running" }, null, { code: 502 }, { id: 7, status: "completed", changed: 9000 });
  let told = 0;
  const answer = await ended({ id: 7, status: "queued" }, () => (told += 1), 1);
  assert.deepEqual([answer.changed, told, asked], [9000, 1, Array(4).fill("/api/labellings/7/")]);
});

test("waiting ends where the job has failed or may not be seen any more", async () => {
  answers({ id: 7, status: "failed", deleted: 0, error: "The disk is full." });
  await assert.rejects(ended({ id: 7, status: "queued", deleted: 0 }, () => {}, 1), { message: "The disk is full." });
  answers({ code: 404 });
  await assert.rejects(ended({ id: 7, status: "queued" }, () => {}, 1), { status: 404 });
});

test("what is done at once is not waited for", async () => {
  const answer = { changed: 3, key: "k" };
  assert.equal(await ended(answer, () => assert.fail("told"), 1), answer);
});

test("of many ids that are sent in turn, what was done before one is refused is told with the way back", async () => {
  const ids = Array.from({ length: 12_000 }, (_, index) => index);
  const asked = parts(new Set(ids));
  assert.deepEqual(asked.map((part) => part.ids.length), [5000, 5000, 2000]);
  const refused = new Error("No connection to the server.");
  const done = await inTurn(asked, async (part) => {
    if (part === asked[1]) throw refused;
    return { changed: part.ids.length, key: "first" };
  });
  assert.deepEqual(done, { changed: 5000, keys: ["first"], parts: [asked[0]], error: refused });
  assert.equal((await inTurn(asked, async (part) => ({ deleted: part.ids.length }))).changed, 12_000);
});
