import assert from "node:assert/strict";
import { test } from "node:test";
import { days, lines, sums, total } from "../../static/js/throughput/sums.js";

const done = (person, day, labelled, more = {}) => ({ person, day, labelled, approved: 0, sent_back: 0, drawn: 0, accepted: 0, corrected: 0, ...more });

test("figures are added up by person, the busiest first, and by day, the newest first", () => {
  const rows = [done(1, "2026-02-27", 2), done(1, "2026-02-28", 1), done(2, "2026-02-28", 9, { drawn: 4 })];
  const people = sums(rows, "person");
  assert.deepEqual(people.map(({ key, labelled, others }) => [key, labelled, others]), [[2, 9, 1], [1, 3, 2]]);
  assert.deepEqual(sums(rows, "day").map(({ key, labelled, others }) => [key, labelled, others]), [["2026-02-28", 10, 2], ["2026-02-27", 2, 1]]);
  assert.deepEqual(total(people), { labelled: 12, approved: 0, sent_back: 0, drawn: 4, accepted: 0, corrected: 0 });
});

test("a period has all its days, whatever the month", () => {
  assert.deepEqual(days("2026-02-27", "2026-03-02"), ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
  assert.deepEqual(days("2026-03-02", "2026-03-02"), ["2026-03-02"]);
});

test("the chart has a line for each of those who did most, and one for all others", () => {
  const rows = Array.from({ length: 8 }, (_each, at) => done(at, "2026-01-02", 10 - at));
  const { people, values } = lines(rows, ["2026-01-01", "2026-01-02"], "labelled");
  assert.deepEqual(people, [0, 1, 2, 3, 4, null]);
  assert.deepEqual(values.map((line) => line[1]), [10, 9, 8, 7, 6, 5 + 4 + 3]);
  assert.deepEqual(lines(rows, ["2026-01-02"], "approved"), { people: [], values: [] });
});
