import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
globalThis.document = Object.assign(new EventTarget(), { activeElement: null });

const { ApiError } = await import("../../static/js/api/error.js");
const { Resuming } = await import("../../static/js/upload/resuming.js");

test("what was broken off is asked for again before chosen files are taken for a new upload", async () => {
  const list = { children: [], contains: () => false };
  const root = /** @type {any} */ ({ hidden: false, querySelector: () => list });
  const answers = [new ApiError(0), []];
  const rows = { resumable: async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  } };
  const resuming = new Resuming(root, /** @type {any} */ ({ rows, resume: () => {}, unread: () => {} }));
  resuming.offer();
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(await resuming.match([]), false);
  assert.equal(answers.length, 0);
});
