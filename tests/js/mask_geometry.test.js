import assert from "node:assert/strict";
import test from "node:test";
import { areaMask, filled } from "../../static/js/canvas/mask/area.js";
import { cutMask } from "../../static/js/canvas/mask/cut.js";
import { flood, maskOf } from "../../static/js/canvas/mask/flood.js";
import { outlineOf } from "../../static/js/canvas/mask/outline.js";
import { areaOf, eachSpan, same, united, without } from "../../static/js/canvas/mask/runs.js";
import { simplifiedRing, simplifiedRings } from "../../static/js/canvas/mask/simplify.js";
import { Spans } from "../../static/js/canvas/mask/spans.js";
import { strokeMask } from "../../static/js/canvas/mask/stroke.js";
import { kindOf } from "../../static/js/canvas/kinds/index.js";

/** A mask as rows of text, "#" is set. */
function drawn(...rows) {
  return maskOf(Uint8Array.from(rows.join(""), (sign) => Number(sign === "#")), rows[0].length, [rows.length, rows[0].length]);
}

function rowsOf(mask) {
  const rows = Array.from({ length: mask.size[0] }, () => Array(mask.size[1]).fill("."));
  eachSpan(mask, (x, from, to) => {
    for (let y = from; y < to; y += 1) rows[y][x] = "#";
  });
  return rows.map((row) => row.join(""));
}

/** The same numbers each time. */
function chance(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function snow(random, height, width, share) {
  return maskOf(Uint8Array.from({ length: height * width }, () => Number(random() < share)), width, [height, width]);
}

const ringsOf = (mask) => outlineOf(mask).flatMap(({ outer, holes }) => [outer, ...holes]);
const signedArea = (ring) => ring.reduce((sum, [x, y], index) => sum + ring.at(index - 1)[0] * y - x * ring.at(index - 1)[1], 0) / 2;

test("run lengths go down the columns, the first counts what is not set, and a full mask begins with 0", () => {
  assert.deepEqual(drawn(".#", "##", ".#"), { size: [3, 2], counts: [1, 1, 1, 3] });
  assert.deepEqual(drawn("##", "##").counts, [0, 4]);
  assert.deepEqual(drawn("..", "..").counts, [4]);
});

test("masks are united and subtracted pixel by pixel, in the form that the server stores", () => {
  const random = chance(7);
  for (let round = 0; round < 50; round += 1) {
    const [height, width] = [1 + Math.floor(random() * 12), 1 + Math.floor(random() * 12)];
    const a = snow(random, height, width, random()), b = snow(random, height, width, random());
    const [rowsA, rowsB] = [rowsOf(a), rowsOf(b)];
    const joined = (keep) => rowsA.map((row, y) => [...row].map((sign, x) => (keep(sign === "#", rowsB[y][x] === "#") ? "#" : ".")).join(""));
    for (const [made, keep] of [[united(a, b), (p, q) => p || q], [without(a, b), (p, q) => p && !q]]) {
      assert.deepEqual(rowsOf(made), joined(keep));
      assert.equal(made.counts.reduce((sum, each) => sum + each, 0), height * width);
      assert.ok(made.counts.slice(1).every((each) => each > 0));
    }
  }
});

test("spans come in any order and over each other; what is outside the image is cut off", () => {
  const spans = new Spans([4, 3]);
  for (const [x, from, to] of [[2, 1, 3], [0, 2, 9], [2, 2, 4], [1, -5, 1], [7, 0, 4], [-1, 0, 4], [2, 0, 0]]) spans.add(x, from, to);
  assert.deepEqual(rowsOf(spans.mask), [".#.", "..#", "#.#", "#.#"]);
  assert.deepEqual(new Spans([4, 3]).mask.counts, [12]);
});

test("a stroke sets the pixels whose middle the round tip touches on its way, and no other", () => {
  const random = chance(11), size = /** @type {[number, number]} */ ([40, 50]);
  for (let round = 0; round < 40; round += 1) {
    const points = Array.from({ length: 1 + Math.floor(random() * 4) }, () => [random() * 60 - 5, random() * 50 - 5]);
    const diameter = 1 + random() * 15;
    const found = rowsOf(strokeMask(size, points, diameter));
    for (let y = 0; y < 40; y += 1) {
      for (let x = 0; x < 50; x += 1) {
        const away = kindOf("polyline").distance({ points }, x + 0.5, y + 0.5);
        const under = points.some(([px, py]) => Math.floor(px) === x && Math.floor(py) === y);
        if (Math.abs(away - diameter / 2) > 1e-6) assert.equal(found[y][x] === "#", under || away < diameter / 2, `${x} ${y} of ${points} by ${diameter}`);
      }
    }
  }
});

test("the thinnest tip leaves no gap", () => {
  assert.deepEqual(rowsOf(strokeMask([3, 4], [[0.1, 0.1], [3.9, 2.9]], 1)).map((row) => row.includes("#")), [true, true, true]);
  assert.deepEqual(rowsOf(strokeMask([2, 2], [[0.99, 0.99]], 1)), ["#.", ".."]);
});

test("the outline of a mask is exact: its area is the pixels', and filled again it is the same mask", () => {
  const random = chance(3);
  for (let round = 0; round < 300; round += 1) {
    const mask = snow(random, 1 + Math.floor(random() * 9), 1 + Math.floor(random() * 9), random());
    const parts = outlineOf(mask);
    assert.deepEqual(areaMask(mask.size, ringsOf(mask)), mask);
    for (const { outer, holes } of parts) {
      assert.ok(signedArea(outer) > 0);
      for (const hole of holes) assert.ok(signedArea(hole) < 0);
    }
    assert.equal(ringsOf(mask).reduce((sum, ring) => sum + signedArea(ring), 0), areaOf(mask));
    // One polygon a part: none takes a pixel of another.
    const each = parts.map(({ outer, holes }) => areaMask(mask.size, [outer, ...holes]));
    assert.equal(each.reduce((sum, part) => sum + areaOf(part), 0), areaOf(mask));
  }
});

test("an outline turns only at corners; pixels that touch by a corner are parts of their own; holes are with what is around them", () => {
  assert.deepEqual(outlineOf(drawn("##", "##")), [{ outer: [[0, 0], [2, 0], [2, 2], [0, 2]], holes: [] }]);
  assert.equal(outlineOf(drawn("#.", ".#")).length, 2);
  const [ring, island] = outlineOf(drawn("#####", "#...#", "#.#.#", "#...#", "#####"));
  assert.equal(ring.holes.length, 1);
  assert.deepEqual(island.outer.length, 4);
});

test("a polygon becomes a mask, and that mask a polygon of the same pixels", () => {
  const rings = [[[1.2, 1.7], [17.4, 3.1], [12.9, 15.5], [3.3, 12.2]], [[6, 6], [10, 6], [10, 10], [6, 10]]];
  const mask = areaMask([20, 20], rings);
  const [part, ...others] = outlineOf(mask);
  assert.equal(others.length, 0);
  assert.deepEqual(areaMask([20, 20], [part.outer, ...part.holes]), mask);
  const simple = simplifiedRings([part.outer, ...part.holes], 1);
  assert.ok(simple[0].length < part.outer.length);
  const again = areaMask([20, 20], simple);
  const differs = areaOf(united(without(again, mask), without(mask, again)));
  assert.ok(differs < areaOf(mask) * 0.12, `${differs} of ${areaOf(mask)}`);
});

test("polygons that share an edge share no pixel and leave none out", () => {
  const middle = [[0, 7.3], [20, 12.5]];
  const upper = areaMask([20, 20], [[[0, 0], [20, 0], middle[1], middle[0]]]), lower = areaMask([20, 20], [[middle[0], middle[1], [20, 20], [0, 20]]]);
  assert.deepEqual([areaOf(upper) + areaOf(lower), areaOf(united(upper, lower))], [400, 400]);
});

test("holes are filled, also those that hold something; bays are not", () => {
  assert.deepEqual(rowsOf(filled(drawn("#####.###", "#...#.#.#", "#.#.#.###", "#...#....", "#####.#.#"))), ["#####.###", "#####.###", "#####.###", "#####....", "#####.#.#"]);
});

test("a line parts a mask in two that have all its pixels; one that ends inside parts nothing", () => {
  const mask = areaMask([30, 30], [[[2, 2], [28, 2], [28, 28], [2, 28]]]);
  for (const line of [[[0, 10], [30, 14]], [[15, 0], [15, 30]], [[0, 0], [30, 30]], [[30, 0], [14, 14], [20, 30]], [[15.5, 30], [15.5, 0]]]) {
    const [one, other] = /** @type {any[]} */ (cutMask(mask, line));
    assert.equal(areaOf(one) + areaOf(other), areaOf(mask));
    assert.ok(same(united(one, other), mask));
    assert.ok(areaOf(one) > 100 && areaOf(other) > 100, `${areaOf(one)} ${areaOf(other)}`);
  }
  assert.equal(cutMask(mask, [[0, 10], [15, 14]]), null);
  assert.equal(cutMask(mask, [[0, 0], [30, 1]]), null);
});

test("a line across one arm leaves the other arm alone, and one between two parts takes them asunder", () => {
  const horseshoe = drawn("##.##", "##.##", "##.##", "#####");
  const [arm, rest] = /** @type {any[]} */ (cutMask(horseshoe, [[-1, 1], [2.5, 1.2]])).toSorted((a, b) => areaOf(a) - areaOf(b));
  assert.deepEqual(rowsOf(arm), ["##...", ".....", ".....", "....."]);
  assert.equal(areaOf(rest), areaOf(horseshoe) - 2);
  const [one, other] = /** @type {any[]} */ (cutMask(drawn("##..#", "##..#"), [[3, -1], [3, 4]]));
  assert.deepEqual([areaOf(one), areaOf(other)].toSorted(), [2, 4]);
});

test("a flood takes what is of nearly one colour and hangs together", () => {
  const rows = ["aabb", "ab.b", "abbb", "aaaz"];
  const colors = { a: 10, b: 14, ".": 200, z: 90 };
  const data = Uint8ClampedArray.from(rows.join("").split("").flatMap((sign) => [colors[sign], 50, 50, 255]));
  const picture = { width: 4, height: 4, data };
  const found = (x, y, tolerance) => rowsOf(maskOf(flood(picture, x, y, tolerance), 4, [4, 4]));
  assert.deepEqual(found(0, 0, 0), ["##..", "#...", "#...", "###."]);
  assert.deepEqual(found(0, 0, 4), ["####", "##.#", "####", "###."]);
  assert.deepEqual(found(2, 1, 4), ["....", "..#.", "....", "...."]);
  assert.deepEqual(found(3, 3, 255), ["####", "####", "####", "####"]);
});

test("a bitmap of a smaller picture is stretched over the image", () => {
  assert.deepEqual(rowsOf(maskOf(Uint8Array.of(1, 0, 0, 1), 2, [4, 6])), ["###...", "###...", "...###", "...###"]);
});

test("a simplified ring keeps its corners and goes where nothing would be left", () => {
  assert.deepEqual(simplifiedRing([[0, 0], [5, 0.2], [10, 0], [10, 10], [0, 10]], 0.5), [[0, 0], [10, 0], [10, 10], [0, 10]]);
  assert.equal(simplifiedRing([[0, 0], [1, 0], [1, 1]], 5), null);
});

test("outlines of a hundred thousand points are simplified and given a vertex", () => {
  const turn = (index) => (2 * Math.PI * index) / 150_000;
  const ring = Array.from({ length: 150_000 }, (_each, index) => [1000 + 900 * Math.cos(turn(index)), 1000 + 900 * Math.sin(turn(index))]);
  assert.ok(simplifiedRing(ring, 0.5).length < 200);
  assert.equal(kindOf("polygon").withVertex({ rings: [ring] }, [1900.5, 1000]).rings[0].length, 150_001);
});

test("a mask is moved by whole pixels and loses what leaves the image", () => {
  const { move, exists: isThere } = kindOf("mask");
  assert.deepEqual(rowsOf(move(drawn("##.", "#..", "..."), 1.4, 0.6)), ["...", ".##", ".#."]);
  assert.deepEqual(rowsOf(move(drawn("##.", "#..", "..."), -1, 0)), ["#..", "...", "..."]);
  assert.equal(isThere(move(drawn("#."), 5, 0)), false);
});

test("a megapixel is flooded, outlined, united and cut in time", () => {
  const side = 1000, picture = { width: side, height: side, data: new Uint8ClampedArray(side * side * 4).fill(77) };
  const timed = (most, run) => { // loose: a machine may be busy
    const began = performance.now();
    const made = run();
    const took = performance.now() - began;
    assert.ok(took < most, `${took} ms`);
    return made;
  };
  const all = timed(1500, () => maskOf(flood(picture, 500, 500, 10), side, [side, side]));
  assert.equal(areaOf(all), side * side);
  const round = strokeMask([side, side], [[500, 500]], 900);
  timed(500, () => outlineOf(round));
  timed(500, () => united(round, all));
  timed(3000, () => cutMask(round, [[0, 400], [1000, 600]]));
});
