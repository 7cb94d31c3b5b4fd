import assert from "node:assert/strict";
import { test } from "node:test";

import { Livewire } from "../../static/js/canvas/smart/livewire.js";
import { reduced } from "../../static/js/canvas/smart/reduced.js";
import { slic } from "../../static/js/canvas/smart/slic.js";

const DISC = { x: 60, y: 50, radius: 30 };

/** A pale disc on a dark ground, with some noise. */
function picture(width = 120, height = 100) {
  const data = new Uint8ClampedArray(width * height * 4);
  let seed = 7;
  const noise = () => (seed = (seed * 16807) % 2147483647) % 12;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const color = inDisc(x, y) ? [210, 130, 90] : [50, 70, 60];
      data.set([...color.map((each) => each + noise()), 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const inDisc = (x, y) => Math.hypot(x - DISC.x, y - DISC.y) < DISC.radius;

test("a line from one side of a disc to the other goes along its edge", () => {
  const drawn = picture();
  const line = new Livewire(drawn, [60, 20], drawn).to([90, 50]);
  assert.deepEqual(line.at(-1), [90, 50]);
  assert.ok(line.length > 20);
  for (const [x, y] of line) assert.ok(Math.abs(Math.hypot(x - DISC.x, y - DISC.y) - DISC.radius) < 2.5, `${x}, ${y}`);
});

test("lines are told in pixels of an image that is larger than the picture", () => {
  const line = new Livewire(picture(), [240, 80], { width: 480, height: 400 }).to([360, 200]);
  for (const [x, y] of line) assert.ok(Math.abs(Math.hypot(x - 240, y - 200) - 120) < 10, `${x}, ${y}`);
});

test("a place outside of what was looked through is reached from its border", () => {
  const drawn = picture();
  const wire = new Livewire(drawn, [60, 20], drawn);
  assert.deepEqual(wire.to([-5, 50]).at(-1), [-5, 50]);
  assert.deepEqual(new Livewire(drawn, [-3, 500], drawn).to([1, 1]).at(-1), [1, 1]);
});

test("superpixels keep to edges, hang together, and are about as large as they shall be", () => {
  const { width, height, data } = picture();
  const labels = slic({ width, height, data }, 10);
  const pieces = new Map();
  for (let place = 0; place < labels.length; place += 1) {
    const counts = pieces.get(labels[place]) ?? [0, 0];
    counts[inDisc(place % width, Math.floor(place / width)) ? 1 : 0] += 1;
    pieces.set(labels[place], counts);
  }
  assert.ok(pieces.size > 80 && pieces.size < 180, String(pieces.size));
  const astray = [...pieces.values()].reduce((sum, [out, within]) => sum + Math.min(out, within), 0);
  assert.ok(astray < 60, String(astray));
});

test("a picture smaller than a superpixel is one piece", () => {
  assert.deepEqual([...new Set(slic({ width: 3, height: 2, data: new Uint8ClampedArray(24) }, 40))], [0]);
});

test("a reduced picture has the means of its pixels, and is made once", () => {
  const data = new Uint8ClampedArray([0, 10, 20, 255, 100, 30, 40, 255, 0, 10, 20, 255, 100, 30, 40, 255]);
  const whole = { width: 2, height: 2, data };
  const small = reduced(whole, 2);
  assert.deepEqual([small.width, small.height, ...small.data], [1, 1, 50, 20, 30, 255]);
  assert.equal(reduced(whole, 2), small);
  assert.equal(reduced(whole, 1), whole);
});
