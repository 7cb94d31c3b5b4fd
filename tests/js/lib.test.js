import assert from "node:assert/strict";
import { test } from "node:test";

import { classesToText } from "../../static/js/lib/class_text.js";
import { bytes, duration, number, percent, relative, roughly } from "../../static/js/lib/format.js";
import { initials } from "../../static/js/lib/initials.js";
import { fit } from "../../static/js/lib/matching.js";
import { namesIn } from "../../static/js/lib/names.js";

globalThis.gettext = (text) => text;

test("sizes, numbers and shares read as people write them", () => {
  assert.equal(bytes(0), "0 B");
  assert.equal(bytes(1023), "1,023 B");
  assert.equal(bytes(1536), "1.5 KB");
  assert.equal(bytes(5 * 2 ** 30), "5 GB");
  assert.equal(number(1797), "1,797");
  assert.equal(percent(0.166), "17%");
});

test("durations use two units at most", () => {
  const expected = [[0.25, "250 ms"], [5.24, "5.2 s"], [59, "59 s"], [60, "1 min"], [61, "1 min 1 s"], [119.7, "2 min"], [3725, "1 h 2 min"], [7200, "2 h"], [259200, "3 d"], [NaN, "–"]];
  for (const [seconds, text] of expected) assert.equal(duration(seconds), text);
});

test("what is estimated or goes on is told in whole seconds", () => {
  const expected = [[0.275, "a few seconds"], [2.4, "a few seconds"], [2.7, "3 s"], [4.3, "4 s"], [119.7, "2 min"], [NaN, "–"]];
  for (const [seconds, text] of expected) assert.equal(roughly(seconds), text);
});

test("times are told from now", () => {
  const now = Date.UTC(2026, 0, 10, 12);
  assert.equal(relative(now - 3_000, now), "now");
  assert.equal(relative(now - 180_000, now), "3 minutes ago");
  assert.equal(relative(now - 26 * 3600_000, now), "yesterday");
  assert.equal(relative(now + 7200_000, now), "in 2 hours");
});

test("names come one by one, each once", () => {
  assert.deepEqual(namesIn(" cat, dog;cat\nbird ,, "), ["cat", "dog", "bird"]);
  assert.deepEqual(namesIn("  "), []);
});

test("initials are of the first two words", () => {
  assert.equal(initials("Ada King Lovelace"), "AK");
  assert.equal(initials("grace_hopper"), "GH");
  assert.equal(initials(""), "?");
});

test("the palette prefers beginnings of words and ignores accents and order", () => {
  assert.ok(fit("im", "Images Birds") > fit("im", "Optimise"));
  assert.ok(fit("birds images", "Images Birds") > 0);
  assert.ok(fit("etude", "Étude") > 0);
  assert.ok(fit("pst", "Project settings") > 0);
  assert.equal(fit("xyz", "Images"), 0);
  assert.ok(fit("", "Images") > 0);
});

const CLASSES = [{ id: 1, name: "cat", color: "#0072b2", key: "1", shapes: [], attributes: [], position: 0 }];

test("classes as text leave out what a project decides itself", () => {
  assert.deepEqual(JSON.parse(classesToText(CLASSES)), [{ name: "cat", color: "#0072b2", key: "1" }]);
});
