import assert from "node:assert/strict";
import { test } from "node:test";

import { nextBatch } from "../../static/js/upload/batches.js";
import { said } from "../../static/js/upload/progress.js";
import { fromFile, opened } from "../../static/js/upload/source.js";
import { UploadQueue } from "../../static/js/upload/upload_queue.js";

globalThis.gettext = (text) => text;
globalThis.ngettext = (one, many, count) => (count === 1 ? one : many);
globalThis.interpolate = (text, values) => values.reduce((sum, each) => sum.replace("%s", each), text);

const item = (path, size = 10) => ({ path, size });

/** A file that can be read, and a queue whose server is a function. */
const file = (name, size = 4) => fromFile(new File(["x".repeat(size)], name, { lastModified: 5 }), name);

function ended(queue) {
  return new Promise((resolve) => queue.addEventListener("change", () => queue.active || resolve(undefined)));
}

const upload = { id: 7 };
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));
const added = (items) => ({ results: items.map((each) => ({ name: each.path, status: "added", id: 1, reason: "" })) });

test("every file ends with what the server says of it", async () => {
  const queue = new UploadQueue({ send: async (items) => added(items), follow: async () => {} });
  queue.add(Array.from({ length: 100 }, (_, index) => file(`${index}.png`)));
  await ended(queue);
  assert.equal(queue.counts.added, 100);
  assert.equal(queue.sent, queue.bytes.total);
});

test("what a lost network interrupts is sent again", async () => {
  let calls = 0;
  const send = async (items) => {
    if ((calls += 1) === 1) throw Object.assign(new Error("offline"), { status: 0 });
    return added(items);
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add([file("a.png")]);
  await ended(queue);
  assert.deepEqual([calls, queue.counts.added, queue.offline], [2, 1, false]);
});

test("a request that is too large is sent in single files", async () => {
  const send = async (items) => {
    if (items.length > 1) throw Object.assign(new Error("too large"), { status: 413 });
    if (items[0].path === "b.png") throw Object.assign(new Error("too large"), { status: 413 });
    return added(items);
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add([file("a.png"), file("b.png"), file("c.png")]);
  await ended(queue);
  assert.deepEqual([queue.counts.added, queue.counts.failed], [2, 1]);
});

test("failed files can be sent again, and a refusal of the whole stops the rest", async () => {
  let allowed = false;
  const send = async (items) => {
    if (!allowed) throw Object.assign(new Error("no role"), { status: 403 });
    return added(items);
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add([file("a.png")]);
  await ended(queue);
  assert.deepEqual([queue.counts.failed, queue.problem, queue.paused], [1, "no role", true]);
  allowed = true;
  const again = ended(queue);
  queue.retryFailed();
  await again;
  assert.deepEqual([queue.counts.added, queue.counts.failed], [1, 0]);
});

test("a pause holds what waits, cancelling ends it", async () => {
  const queue = new UploadQueue({ send: () => new Promise(() => {}), follow: async () => {} });
  queue.pause();
  queue.add([file("a.png")]);
  assert.equal(queue.counts.waiting, 1);
  queue.cancel();
  assert.equal(queue.counts.failed, 1);
});

test("after everything was stopped, what is added is sent", async () => {
  let full = true;
  const send = async (items, { signal }) => {
    if (!full) return added(items);
    if (items[0].path === "slow.zip") return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
    throw Object.assign(new Error("no room"), { status: 413, code: "disk_full" });
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add([file("slow.zip"), file("a.png")]);
  await soon();
  assert.deepEqual([queue.paused, queue.problem, queue.counts.sending], [true, "no room", 1]);
  queue.cancel();
  await soon();
  assert.deepEqual([queue.paused, queue.problem, queue.active, queue.counts.failed], [false, "", false, 2]);
  full = false;
  const end = ended(queue);
  queue.add([file("b.png")]);
  await end;
  assert.equal(queue.counts.added, 1);
});

test("however often the network was lost, a server has all its errors still", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const answers = [...Array(9).fill(0), ...Array(5).fill(500)];
  const send = async (items) => {
    if (!answers.length) return added(items);
    throw Object.assign(new Error("no"), { status: answers.shift() });
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add([file("a.png")]);
  while (queue.active) {
    context.mock.timers.tick(30_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual([answers.length, queue.counts.added, queue.counts.failed], [0, 1, 0]);
});

test("a file that has changed since it was chosen is not sent", async () => {
  const sent = [];
  const send = async (items) => {
    for (const each of items) sent.push(await opened(each));
    return added(items);
  };
  const now = new File(["longer"], "a.png", { lastModified: 5 });
  const later = new File(["same"], "b.png", { lastModified: 6 });
  const handles = [now, later].map((each) => ({ path: each.name, handle: { getFile: async () => each }, size: 4, modified: 5 }));
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add(handles);
  await ended(queue);
  assert.deepEqual([queue.counts.failed, sent.length], [2, 0]);
  assert.match(queue.items[0].reason, /has changed/);
  assert.match(queue.items[1].reason, /has changed/);
});

test("a ZIP that is still being unpacked is followed to its end when one comes back", async () => {
  const followed = [];
  const follow = async (item, archive) => {
    followed.push(archive.id);
    await soon();
    item.problem = "broken";
  };
  const queue = new UploadQueue({ send: async (items) => added(items), follow });
  const sources = [file("a.zip"), file("b.zip")];
  const result = { status: "added", id: null, reason: "" };
  const known = new Map([[sources[0], { ...result, archive: { id: 3, status: "running" } }], [sources[1], { ...result, archive: { id: 4, status: "completed" } }]]);
  queue.add(sources, upload, known);
  assert.equal(queue.active, true);
  await ended(queue);
  assert.deepEqual([followed, queue.items[0].status, queue.items[0].reason, queue.items[1].status], [[3], "refused", "broken", "added"]);
});

test("what cannot be read is a line each, cannot be sent again, and stands there once", () => {
  const queue = new UploadQueue({ send: async (items) => added(items), follow: async () => {} });
  const failures = [{ path: "set/locked.png", reason: "no" }];
  queue.unread(failures);
  queue.unread(failures);
  assert.deepEqual([queue.counts.failed, queue.items[0].path, queue.canResend, queue.resendable], [1, "set/locked.png", false, []]);
});

test("what is read aloud changes at the beginning, at a pause, without the server and at the end", () => {
  const state = { items: [1, 2], active: true, paused: false, offline: false, counts: { failed: 0 } };
  const heard = [{}, { rate: 5 }, { offline: true }, { paused: true }, { active: false }, { active: false, counts: { failed: 1 } }].map((each) => said({ ...state, ...each }));
  assert.deepEqual(heard, ["Sending 2 files", "Sending 2 files", "Waiting for the server", "Paused", "All files are sent", "Ended, not all files were sent"]);
  assert.equal(said({ ...state, items: [], active: false }), "");
  assert.equal(said({ ...state, active: false, counts: { failed: 0, refused: 2, added: 0, duplicate: 0 } }), "No file could be added");
});


test("after a lost answer only what has not arrived is sent again", async () => {
  const sent = [];
  const send = async (items) => {
    sent.push(...items.map((each) => each.path));
    if (sent.length === 2) throw Object.assign(new Error("offline"), { status: 0 });
    return added(items);
  };
  const known = async (items) => items.map((each) => (each.path === "a.png" ? { status: "added", id: 3, reason: "" } : null));
  const queue = new UploadQueue({ send, known, follow: async () => {} });
  queue.add([file("a.png"), file("b.png")], upload);
  await ended(queue);
  assert.deepEqual(sent, ["a.png", "b.png", "b.png"]);
  assert.deepEqual([queue.counts.added, queue.bytes.done, queue.sent], [2, 8, 8]);
});

test("what is known already is a line of the report and is not sent", async () => {
  const sent = [];
  const queue = new UploadQueue({ send: async (items) => (sent.push(...items.map((each) => each.path)), added(items)), follow: async () => {} });
  const sources = [file("a.png"), file("b.png")];
  queue.add(sources, upload, new Map([[sources[0], { status: "refused", reason: "no", id: null }]]));
  await ended(queue);
  assert.deepEqual([sent, queue.before, queue.counts.refused, queue.counts.added], [["b.png"], 1, 1, 1]);
});

test("without room everything waits, and goes on when a person says so", async () => {
  let room = false;
  const send = async (items) => {
    if (!room) throw Object.assign(new Error("no room"), { status: 413, code: "disk_full" });
    return added(items);
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  queue.add([file("a.png"), file("b.png")], upload);
  await soon();
  assert.deepEqual([queue.paused, queue.problem, queue.counts.waiting, queue.counts.failed], [true, "no room", 2, 0]);
  room = true;
  const end = ended(queue);
  queue.resume();
  await end;
  assert.equal(queue.counts.added, 2);
});

test("an upload that was cancelled elsewhere is not sent to any more, and is known to be", async () => {
  let calls = 0;
  const send = async () => {
    calls += 1;
    throw Object.assign(new Error("cancelled"), { status: 409, code: "cancelled" });
  };
  const queue = new UploadQueue({ send, follow: async () => {} });
  const cancelled = { id: 8, status: "running" };
  queue.add(Array.from({ length: 400 }, (_, index) => file(`${index}.png`)), cancelled);
  await ended(queue);
  assert.ok(calls <= 4);
  assert.equal(queue.counts.failed, 400);
  assert.deepEqual([cancelled.status, queue.resendable.length], ["cancelled", 400]);
});

test("files of two uploads never share a request", () => {
  const waiting = [{ ...file("b"), upload: { id: 2 } }, { ...file("a"), upload }];
  assert.deepEqual([nextBatch(waiting).length, nextBatch(waiting).length], [1, 1]);
});
