import { kindOf } from "../canvas/kinds/index.js";
import { ringArea } from "../canvas/kinds/points.js";
import { areaMask, filled } from "../canvas/mask/area.js";
import { cutMask } from "../canvas/mask/cut.js";
import { outlineOf } from "../canvas/mask/outline.js";
import { areaOf, exists, same, united, without } from "../canvas/mask/runs.js";
import { simplifiedRing, simplifiedRings } from "../canvas/mask/simplify.js";
import { cut, joined, subtracted } from "../canvas/polygon_sums.js";
import { rounded } from "../canvas/rounded.js";
import { number } from "../lib/format.js";
import { ringsOf } from "./rings_of.js";

/**
 * What operations on areas make of shapes. Pure: annotations in; an edit for `revise`, or the problem in a sentence, out.
 *
 * @typedef {{edit?: {reshaped?: any[], added?: any[], removed?: string[]}, problem?: string}} Outcome
 */

const MOST_PARTS = 500; // polygons that one mask may become

const maskFrom = (each, size) => (each.shape === "mask" ? each.geometry : areaMask(size, ringsOf(each)));

/** @returns {Outcome} */
export function added(shapes, rings, size) {
  const [target, problem] = onlyArea(shapes);
  if (problem) return { problem };
  if (target.shape === "mask") return masked(target, united(target.geometry, areaMask(size, rings)));
  const made = joined([ringsOf(target), rings]);
  if (made.length > 1) return { problem: gettext("The area has to touch the polygon. Masks may have several parts.") };
  return becomes(target, made);
}

/** @returns {Outcome} */
export function areaCut(shapes, rings, size) {
  const [target, problem] = onlyArea(shapes);
  if (problem) return { problem };
  if (target.shape === "mask") return masked(target, without(target.geometry, areaMask(size, rings)));
  return becomes(target, subtracted(ringsOf(target), rings));
}

/** @returns {Outcome} */
export function parted(shapes, line) {
  const [target, problem] = onlyArea(shapes);
  if (problem) return { problem };
  const across = { problem: gettext("The line has to go right across the shape.") };
  if (target.shape !== "mask") {
    const parts = cut(ringsOf(target), line);
    return parts.length > 1 ? becomes(target, parts) : across;
  }
  const parts = cutMask(target.geometry, line)?.toSorted((a, b) => areaOf(b) - areaOf(a));
  if (!parts) return across;
  return { edit: { reshaped: [{ id: target.id, shape: "mask", geometry: parts[0] }], added: [{ like: target.id, shape: "mask", geometry: parts[1] }] } };
}

/** @returns {Outcome} */
export function asMasks(shapes, size) {
  const others = shapes.filter((each) => each.shape !== "mask");
  if (!others.length) return { problem: gettext("These are masks already.") };
  const made = others.map((each) => ({ id: each.id, shape: "mask", geometry: maskFrom(each, size) }));
  if (made.some(({ geometry }) => !exists(geometry))) return { problem: gettext("A shape is too small for a mask: it holds no pixel.") };
  return { edit: { reshaped: made } };
}

/** One polygon for each part of a mask; specks that are smaller than the tolerance are left out. @returns {Outcome} */
export function asPolygons(shapes, tolerance) {
  const others = shapes.filter((each) => each.shape !== "polygon");
  if (!others.length) return { problem: gettext("These are polygons already.") };
  const edit = { reshaped: /** @type {any[]} */ ([]), added: /** @type {any[]} */ ([]) };
  for (const each of others) {
    const polygons = each.shape === "mask" ? outlined(each.geometry, tolerance) : [ringsOf(each)];
    if (polygons.length > MOST_PARTS) {
      const text = gettext("This mask has %s parts: so many polygons are of no use. Allow for more pixels, or erase the specks first.");
      return { problem: interpolate(text, [number(polygons.length)]) };
    }
    const { edit: one } = becomes(each, polygons);
    edit.reshaped.push(...one.reshaped);
    edit.added.push(...one.added);
  }
  return { edit };
}

/** @returns {Outcome} */
export function simplified(shapes, tolerance, size) {
  const reshaped = shapes.map((each) => fewer(each, tolerance, size)).filter(Boolean);
  return reshaped.length ? { edit: { reshaped } } : { problem: gettext("There is nothing to simplify by so few pixels.") };
}

/** @returns {Outcome} */
export function holesFilled(shapes) {
  const reshaped = shapes.map((each) => {
    if (each.shape === "polygon") return each.geometry.rings.length > 1 && { id: each.id, shape: "polygon", geometry: { rings: [each.geometry.rings[0]] } };
    const geometry = each.shape === "mask" ? filled(each.geometry) : null;
    return geometry && !same(geometry, each.geometry) && { id: each.id, shape: "mask", geometry };
  }).filter(Boolean);
  return reshaped.length ? { edit: { reshaped } } : { problem: gettext("There are no holes to fill.") };
}

/** Shapes of one class become the first of them. Where one is a mask, all do. @returns {Outcome} */
export function joinedUp(shapes, size) {
  const [first, ...others] = shapes;
  if (!others.length) return { problem: gettext("Select two or more shapes of one class that are to become one.") };
  if (others.some((each) => each.class !== first.class)) return { problem: gettext("Only shapes of one class can be joined.") };
  const removed = others.map((each) => each.id);
  if (shapes.some((each) => each.shape === "mask")) {
    return { edit: { reshaped: [{ id: first.id, shape: "mask", geometry: shapes.map((each) => maskFrom(each, size)).reduce(united) }], removed } };
  }
  const made = joined(shapes.map(ringsOf));
  if (made.length > 1) return { problem: gettext("These do not touch. Only masks may have several parts: make masks of them first.") };
  return { edit: { reshaped: [{ id: first.id, shape: "polygon", geometry: { rings: made[0] } }], removed } };
}

/** @returns {[any, string|undefined]} */
function onlyArea([target, ...others]) {
  return [target, others.length ? gettext("Select only one shape for that.") : undefined];
}

function masked({ id, geometry: before }, geometry) {
  if (same(before, geometry)) return {};
  return { edit: exists(geometry) ? { reshaped: [{ id, shape: "mask", geometry }] } : { removed: [id] } };
}

/** The largest keeps the id; with none left the shape is gone. @param {{id: string}} target @param {number[][][][]} polygons */
function becomes({ id }, polygons) {
  const [first, ...others] = polygons.toSorted((a, b) => ringArea(b[0]) - ringArea(a[0])).map((rings) => ({ rings: rounded(rings) }));
  if (!first) return { edit: { reshaped: [], added: [], removed: [id] } };
  return { edit: { reshaped: [{ id, shape: "polygon", geometry: first }], added: others.map((geometry) => ({ like: id, shape: "polygon", geometry })) } };
}

function outlined(mask, tolerance) {
  const parts = outlineOf(mask).map(({ outer, holes }) => [outer, ...holes]);
  const large = parts.filter(([outer]) => ringArea(outer) >= tolerance * tolerance);
  return (large.length ? large : parts).map((rings) => (tolerance ? simplifiedRings(rings, tolerance) : rings));
}

function fewer({ id, shape, geometry }, tolerance, size) {
  if (shape === "polygon") {
    const rings = simplifiedRings(geometry.rings, tolerance);
    const had = geometry.rings.flat().length;
    return rings.flat().length < had ? { id, shape, geometry: { rings } } : null;
  }
  if (shape !== "mask") return null;
  const rings = outlineOf(geometry).flatMap(({ outer, holes }) => [outer, ...holes]).map((ring) => simplifiedRing(ring, tolerance)).filter(Boolean);
  const made = areaMask(size, rings);
  return kindOf("mask").exists(made) && !same(made, geometry) ? { id, shape, geometry: made } : null;
}
