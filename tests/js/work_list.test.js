import assert from "node:assert/strict";
import { test } from "node:test";
import { WorkList } from "../../static/js/jobs/work_list.js";

const at = (minute) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const ended = (id, minute = id) => ({ kind: "export", id, created_at: at(0), finished_at: at(minute) });
const ongoing = (id) => ({ kind: "run", id, created_at: at(0), finished_at: null });
const page = (results, next = "/more") => ({ results, next });
const ids = (jobs) => jobs.map((job) => job.id);

test("older pages stay below the first one when that is read again", () => {
  const work = new WorkList();
  assert.equal(work.look([], page([ended(9), ended(8)])), true);
  work.append([ended(7), ended(6)]);
  assert.equal(work.look([], page([ended(10), ended(9)])), false);
  assert.deepEqual(ids(work.ended), [10, 9, 8, 7, 6]);
});

test("one that goes on again stands among what has ended no more", () => {
  const work = new WorkList();
  work.look([], page([ended(9)]));
  work.append([{ ...ended(5), kind: "run" }, ended(4)]);
  work.look([ongoing(5)], page([ended(9)]));
  assert.deepEqual([ids(work.ongoing), ids(work.ended)], [[5], [9, 4]]);
  work.look([], page([{ ...ended(5, 11), kind: "run" }, ended(9)]));
  assert.deepEqual(ids(work.ended), [5, 9, 4]);
});

test("where more has ended than a page holds, older pages are let go instead of leaving a gap", () => {
  const work = new WorkList();
  work.look([], page([ended(2), ended(1)]));
  assert.equal(work.look([], page([ended(9), ended(8)])), true);
  assert.deepEqual(ids(work.ended), [9, 8]);
});

test("what is gone from a list without further pages is gone here too", () => {
  const work = new WorkList();
  work.look([], page([ended(9), ended(8)]));
  work.look([], page([ended(9)], null));
  assert.deepEqual(ids(work.ended), [9]);
});

test("a page that overlaps what is there is added without the overlap", () => {
  const work = new WorkList();
  work.look([ongoing(3)], page([ended(9), ended(8)]));
  work.append([ended(8), ended(7)]);
  assert.deepEqual(ids(work.ended), [9, 8, 7]);
  work.drop(ended(8));
  assert.deepEqual(ids(work.ended), [9, 7]);
  assert.equal(work.find("run-3").id, 3);
});

test("moments are compared as such, with and without fractions of a second", () => {
  const work = new WorkList();
  const whole = { ...ended(1), finished_at: "2026-01-01T00:00:01Z" };
  const later = { ...ended(2), finished_at: "2026-01-01T00:00:01.500000Z" };
  work.look([], page([later]));
  work.append([whole]);
  work.look([], page([later]));
  assert.deepEqual(ids(work.ended), [2, 1]);
});
