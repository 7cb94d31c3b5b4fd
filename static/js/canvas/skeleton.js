/** What a class's skeleton makes of points. Pure: skeletons and geometries in, points or geometries out. */

const NEAR_ENOUGH = 1e-9;
const LONE = 40; // pixels of the image: how large a skeleton is taken for of which one point is known

/** The whole skeleton in a box. @param {any} skeleton @param {number[]} box @returns {{points: number[][]}} */
export function inBox({ points }, [x, y, width, height]) {
  return { points: points.map((each) => [x + each.x * width, y + each.y * height, 2]) };
}

/** With all points of the skeleton: those that are missing are not there. @param {number[][]} points @param {number} count */
export function filledUp(points, count) {
  return [...points, ...Array.from({ length: Math.max(count - points.length, 0) }, () => [0, 0, 0])];
}

/**
 * Where a point would lie, by where the others are.
 * @param {any} skeleton or null: then in the middle of the others @param {{points: number[][]}} geometry @param {number} index @returns {number[]}
 */
export function expected(skeleton, { points }, index) {
  const known = points.flatMap(([x, y, visibility], place) => (visibility && place !== index ? [{ x, y, of: skeleton?.points?.[place] }] : []));
  const wanted = skeleton?.points?.[index];
  const scales = [scaleOf(known, "x"), scaleOf(known, "y")];
  const scale = scales.find((each) => each !== null) ?? LONE;
  return ["x", "y"].map((axis, place) => {
    const middle = mean(known.map((each) => each[axis]));
    const own = mean(known.map((each) => each.of?.[axis] ?? 0));
    return wanted && known.every((each) => each.of) ? middle + (wanted[axis] - own) * (scales[place] ?? scale) : middle;
  });
}

/** Pixels per unit of the template along one axis, by least squares; null where the points say nothing. */
function scaleOf(known, axis) {
  if (!known.every((each) => each.of)) return null;
  const middle = mean(known.map((each) => each[axis])), own = mean(known.map((each) => each.of[axis]));
  let together = 0, alone = 0;
  for (const each of known) {
    together += (each[axis] - middle) * (each.of[axis] - own);
    alone += (each.of[axis] - own) ** 2;
  }
  return alone > NEAR_ENOUGH ? together / alone : null;
}

const mean = (values) => (values.length ? values.reduce((sum, each) => sum + each, 0) / values.length : 0);

/** One point hidden (1), seen (2) or not there (0); one that was not there is put to a place. @param {{points: number[][]}} geometry @param {number} index @param {number} visibility @param {number[]} place */
export function withVisibility(geometry, index, visibility, [x, y]) {
  const [ownX, ownY, before] = geometry.points[index];
  const point = !visibility ? [0, 0, 0] : before ? [ownX, ownY, visibility] : [x, y, visibility];
  return { ...geometry, points: geometry.points.with(index, point) };
}

/** Left and right change places; a skeleton without pairs is turned over. @param {any} skeleton or null @param {{points: number[][]}} geometry */
export function mirrored(skeleton, geometry) {
  const pairs = (skeleton?.flip ?? []).filter((pair) => pair.every((each) => geometry.points[each]));
  if (pairs.length) {
    const points = [...geometry.points];
    for (const [left, right] of pairs) [points[left], points[right]] = [points[right], points[left]];
    return { ...geometry, points };
  }
  const placed = geometry.points.filter(([, , visibility]) => visibility).map(([x]) => x);
  const both = Math.min(...placed) + Math.max(...placed);
  return { ...geometry, points: geometry.points.map(([x, y, visibility]) => (visibility ? [both - x, y, visibility] : [x, y, visibility])) };
}

/** @param {any} skeleton or null @param {number} index */
export const pointName = (skeleton, index) => skeleton?.points?.[index]?.name ?? String(index + 1);
