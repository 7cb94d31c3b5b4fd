import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
globalThis.interpolate = (text, values) => text.replace("%s", () => values.shift());
const { noticeOf } = await import("../../static/js/jobs/notice.js");

const job = { title: "Import of a.csv", status: "completed", error: "", summary: "", remark: null };

test("what has come to nothing is not told as done", () => {
  const remark = { tone: "danger", text: "Has errors" };
  assert.deepEqual(noticeOf({ ...job, remark, error: "2 errors in the file: nothing was changed." }), { kind: "error", text: "Import of a.csv: 2 errors in the file: nothing was changed." });
  assert.deepEqual(noticeOf({ ...job, remark: { tone: "danger", text: "All refused" }, summary: "118 refused" }), { kind: "error", text: "Import of a.csv: All refused, 118 refused" });
});

test("what waits for a person says so", () => {
  const remark = { tone: "warning", text: "Waits for you: Apply" };
  assert.deepEqual(noticeOf({ ...job, remark, summary: "3 images would change" }), { kind: "info", text: "Waits for you: Apply: Import of a.csv · 3 images would change" });
});

test("what failed says why, and what is done is done", () => {
  assert.deepEqual(noticeOf({ ...job, status: "failed", error: "The disk is full." }), { kind: "error", text: "Import of a.csv: The disk is full." });
  assert.deepEqual(noticeOf(job), { kind: "success", text: "Done: Import of a.csv" });
});
