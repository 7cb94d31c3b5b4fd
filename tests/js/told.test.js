import assert from "node:assert/strict";
import { test } from "node:test";
import { Told } from "../../static/js/jobs/told.js";

function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
}

const running = { kind: "export", id: 1, ongoing: true, finished_at: null };
const ended = { ...running, ongoing: false, finished_at: "2026-01-01T00:00:00Z" };

test("what had ended before the first look is no news", () => {
  assert.deepEqual(new Told(storage(), "x").news([ended]), []);
});

test("what ends after it is told once, also on the next page", () => {
  const kept = storage();
  const told = new Told(kept, "x");
  told.news([running]);
  assert.deepEqual(told.news([ended]), [ended]);
  assert.deepEqual(told.news([ended]), []);
  assert.deepEqual(new Told(kept, "x").news([ended]), []);
});

test("what was tried again and ends anew is told anew", () => {
  const told = new Told(storage(), "x");
  told.news([]);
  told.news([ended]);
  const again = { ...ended, finished_at: "2026-01-01T01:00:00Z" };
  assert.deepEqual(told.news([again]), [again]);
});

test("a storage that cannot be used tells nothing and breaks nothing", () => {
  const broken = { getItem: () => { throw new Error("no"); }, setItem: () => { throw new Error("no"); } };
  assert.deepEqual(new Told(broken, "x").news([ended]), []);
});
