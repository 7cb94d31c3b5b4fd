import assert from "node:assert/strict";
import { test } from "node:test";

import { UploadRows } from "../../static/js/upload/upload_rows.js";

globalThis.document = /** @type {any} */ (new EventTarget());

/** The uploads of a person, and what was asked of them. */
function server(...results) {
  const asked = [];
  return {
    asked,
    get: async () => ({ results }),
    post: async (url) => {
      asked.push(url);
      return { id: 1, status: url.endsWith("retry/") ? "running" : "cancelled" };
    },
  };
}

/** A journal that knows some uploads. */
function journal(...known) {
  const rows = new Map(known.map((id) => [id, { id, handles: [] }]));
  return {
    rows,
    begin: async (row) => void rows.set(row.id, row),
    upload: async (id) => rows.get(id),
    forget: async (id) => void rows.delete(id),
    keepOnly: async () => {},
  };
}

/** The locks of a browser, in which other tabs hold some. */
function locks(...held) {
  const names = new Set(held);
  return {
    query: async () => ({ held: [...names].map((name) => ({ name })) }),
    request: async (name, _options, run) => {
      names.add(name);
      await run();
      names.delete(name);
    },
  };
}

const rowsOf = async (...parts) => (await new UploadRows(...parts).resumable()).map(({ id, elsewhere }) => [id, elsewhere]);

test("what was heard of just now is sent elsewhere, unless this browser began it and has let it go", async () => {
  const api = server({ id: 1, interrupted: false }, { id: 2, interrupted: false }, { id: 3, interrupted: true });
  assert.deepEqual(await rowsOf(5, journal(2), { api, locks: locks() }), [[1, true], [2, false], [3, false]]);
});

test("what another tab of this browser sends is not offered", async () => {
  const api = server({ id: 1, interrupted: false }, { id: 2, interrupted: true });
  assert.deepEqual(await rowsOf(5, journal(1, 2), { api, locks: locks("labelapp-upload-1") }), [[2, false]]);
});

test("a browser without locks cannot tell its own tabs apart, and waits until nothing comes any more", async () => {
  const api = server({ id: 1, interrupted: false }, { id: 2, interrupted: true });
  assert.deepEqual(await rowsOf(5, journal(1, 2), { api, locks: null }), [[1, true], [2, false]]);
});

test("what this page sends is not offered, also in a browser without locks", async () => {
  const rows = new UploadRows(5, journal(), { api: server({ id: 1, interrupted: true }), locks: null });
  await rows.take({ id: 1, handles: [] });
  assert.deepEqual(await rows.resumable(), []);
  await rows.leave({ id: 1 });
  assert.equal((await rows.resumable()).length, 1);
});

test("what is left is offered again, and what was cancelled is opened again before files are sent to it", async () => {
  const api = server({ id: 1, interrupted: false });
  const kept = journal();
  const rows = new UploadRows(5, kept, { api, locks: locks() });
  const upload = { id: 1, status: "running", handles: [] };
  await rows.take(upload);
  assert.deepEqual(await rows.resumable(), []);
  await rows.leave(upload);
  assert.equal((await rows.resumable())[0].elsewhere, false);
  await rows.cancel(upload);
  assert.deepEqual([upload.status, kept.rows.size], ["cancelled", 0]);
  await rows.reopen(upload);
  assert.deepEqual([upload.status, kept.rows.size, api.asked.at(-1)], ["running", 1, "/api/uploads/1/retry/"]);
});
