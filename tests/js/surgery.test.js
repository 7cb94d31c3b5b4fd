import assert from "node:assert/strict";
import test from "node:test";
import { areaMask } from "../../static/js/canvas/mask/area.js";
import { areaOf, same, united } from "../../static/js/canvas/mask/runs.js";
import { revise } from "../../static/js/label/verbs.js";

globalThis.gettext = (text) => text;
globalThis.interpolate = (text, values) => text.replace("%s", values[0]);
const { added, areaCut, asMasks, asPolygons, holesFilled, joinedUp, parted, simplified } = await import("../../static/js/label/surgery.js");

const SIZE = /** @type {[number, number]} */ ([40, 60]);
const square = (x, y, side) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
const polygon = (id, ...rings) => ({ id, class: 1, shape: "polygon", geometry: { rings } });
const mask = (id, ...rings) => ({ id, class: 1, shape: "mask", geometry: areaMask(SIZE, rings) });

test("a polygon becomes a mask and a polygon of the same pixels again, with its hole", () => {
  const given = polygon("a", square(5, 5, 20), square(10, 10, 5));
  const [made] = asMasks([given], SIZE).edit.reshaped;
  assert.equal(areaOf(made.geometry), 375);
  const { reshaped: [back], added: more } = asPolygons([{ ...given, ...made }], 0).edit;
  assert.deepEqual([back.id, back.geometry.rings.length, more.length], ["a", 2, 0]);
  assert.ok(same(areaMask(SIZE, back.geometry.rings), made.geometry));
});

test("ellipses and rotated boxes become polygons and masks too", () => {
  const ellipse = { id: "e", class: 1, shape: "ellipse", geometry: { center: [30, 20], radii: [20, 10], angle: 0 } };
  const turned = { id: "r", class: 1, shape: "rotated_box", geometry: { box: [10, 10, 20, 10], angle: 30 } };
  const [one, other] = asMasks([ellipse, turned], SIZE).edit.reshaped;
  assert.ok(Math.abs(areaOf(one.geometry) - Math.PI * 200) < 8);
  assert.ok(Math.abs(areaOf(other.geometry) - 200) < 8);
  assert.equal(asPolygons([turned], 1).edit.reshaped[0].geometry.rings[0].length, 4);
});

test("parts of a mask become polygons of their own, the largest keeps the id, and specks go", () => {
  const { reshaped, added: more } = asPolygons([mask("m", square(2, 2, 5), square(20, 20, 10), square(50, 5, 1))], 2).edit;
  assert.deepEqual(reshaped[0].geometry.rings, [square(20, 20, 10)]);
  assert.deepEqual(more.map((each) => [each.like, each.geometry.rings[0].length]), [["m", 4]]);
});

test("an area is added to masks wherever it lies, to polygons only where it touches", () => {
  assert.equal(areaOf(added([mask("m", square(0, 0, 5))], [square(20, 20, 5)], SIZE).edit.reshaped[0].geometry), 50);
  assert.ok(added([polygon("p", square(0, 0, 5))], [square(20, 20, 5)], SIZE).problem);
  assert.equal(added([polygon("p", square(0, 0, 5))], [square(3, 3, 5)], SIZE).edit.reshaped[0].geometry.rings[0].length, 8);
});

test("an area cut out leaves a hole, two shapes or none", () => {
  assert.equal(areaCut([polygon("p", square(0, 0, 20))], [square(5, 5, 5)], SIZE).edit.reshaped[0].geometry.rings.length, 2);
  const across = areaCut([polygon("p", square(0, 0, 20))], [[[5, -1], [8, -1], [8, 30], [5, 30]]], SIZE).edit;
  assert.deepEqual([across.reshaped.length, across.added.length], [1, 1]);
  assert.deepEqual(areaCut([polygon("p", square(5, 5, 5))], [square(0, 0, 20)], SIZE).edit.removed, ["p"]);
  assert.deepEqual(areaCut([mask("m", square(5, 5, 5))], [square(0, 0, 20)], SIZE).edit, { removed: ["m"] });
});

test("a line parts masks and polygons alike and says so where it does not", () => {
  for (const given of [polygon("a", square(5, 5, 20)), mask("a", square(5, 5, 20))]) {
    const { reshaped: [large], added: [small] } = parted([given], [[0, 11.5], [40, 12.5]]).edit;
    assert.deepEqual([large.id, small.like, small.shape], ["a", "a", given.shape]);
    assert.ok(parted([given], [[0, 11], [15, 12]]).problem);
  }
});

test("only shapes of one class are joined; polygons have to touch, masks need not", () => {
  assert.ok(joinedUp([polygon("a", square(0, 0, 5))], SIZE).problem);
  assert.ok(joinedUp([polygon("a", square(0, 0, 5)), { ...polygon("b", square(2, 2, 5)), class: 2 }], SIZE).problem);
  assert.ok(joinedUp([polygon("a", square(0, 0, 5)), polygon("b", square(20, 20, 5))], SIZE).problem);
  const touching = joinedUp([polygon("a", square(0, 0, 5)), polygon("b", square(2, 2, 5))], SIZE).edit;
  assert.deepEqual([touching.reshaped[0].id, touching.reshaped[0].shape, touching.removed], ["a", "polygon", ["b"]]);
  const apart = joinedUp([polygon("a", square(0, 0, 5)), mask("b", square(20, 20, 5))], SIZE).edit;
  assert.deepEqual([apart.reshaped[0].shape, areaOf(apart.reshaped[0].geometry)], ["mask", 50]);
});

test("holes are filled and outlines simplified, of masks and polygons; where there is nothing to do that is said", () => {
  const rings = [square(5, 5, 20), square(10, 10, 5)];
  assert.equal(holesFilled([polygon("p", ...rings)]).edit.reshaped[0].geometry.rings.length, 1);
  assert.equal(areaOf(holesFilled([mask("m", ...rings)]).edit.reshaped[0].geometry), 400);
  assert.ok(holesFilled([mask("m", rings[0])]).problem);
  const wavy = [[5, 5], [15, 5.3], [25, 5], [25, 25], [5, 25]];
  assert.equal(simplified([polygon("p", wavy)], 1, SIZE).edit.reshaped[0].geometry.rings[0].length, 4);
  const spiked = united(areaMask(SIZE, [square(5, 5, 20)]), areaMask(SIZE, [[[10, 4], [11, 4], [11, 5], [10, 5]]]));
  assert.equal(areaOf(simplified([{ id: "m", class: 1, shape: "mask", geometry: spiked }], 1.5, SIZE).edit.reshaped[0].geometry), 400);
  assert.ok(simplified([polygon("p", square(0, 0, 5))], 1, SIZE).problem);
});

test("an edit is one change: what is new is like what it came from, and what a model drew is then drawn by both", () => {
  const labels = { annotations: [{ id: "a", class: 3, shape: "polygon", geometry: {}, attributes: { wet: true }, source: "auto" }, { id: "b", class: 3, shape: "box", geometry: {}, source: "manual" }] };
  const change = revise(labels, { reshaped: [{ id: "a", shape: "mask", geometry: { size: [1, 1] } }, { id: "gone", shape: "mask", geometry: {} }], added: [{ like: "a", shape: "polygon", geometry: { rings: [] } }], removed: ["b", "gone"] });
  assert.deepEqual(change.delete, ["b"]);
  assert.deepEqual(change.upsert.map(({ class: label, shape, attributes, source }) => [label, shape, attributes, source]), [[3, "mask", { wet: true }, "semi-auto"], [3, "polygon", { wet: true }, "semi-auto"]]);
  assert.notEqual(change.upsert[1].id, "a");
  assert.equal(revise(labels, { removed: ["gone"] }), null);
});
