/**
 * A skeleton while somebody edits it. Pure: a draft in, another one out.
 *
 * @typedef {{name: string, x: number, y: number}} Point
 * @typedef {{points: Point[], edges: number[][], flip: number[][]}} Draft
 */

export const MOST_POINTS = 100;

/** @param {any} skeleton as the API has it @returns {Draft} */
export function toDraft(skeleton) {
  const { points = [], edges = [], flip = [] } = structuredClone(skeleton ?? {});
  return { points, edges, flip };
}

/** @param {Draft} draft @returns {any} as the API takes it */
export function toSkeleton({ points, edges, flip }) {
  if (!points.length) return {};
  const named = points.map((each) => ({ ...each, name: each.name.trim() }));
  return flip.length ? { points: named, edges, flip } : { points: named, edges };
}

/** One more at a place. @param {Draft} draft @param {number} [x] @param {number} [y] @returns {Draft} */
export function withPoint(draft, x = 0.5, y = 0.5) {
  if (draft.points.length >= MOST_POINTS) return draft;
  const taken = new Set(draft.points.map((each) => each.name));
  let number = draft.points.length + 1;
  while (taken.has(`point_${number}`)) number += 1;
  return { ...draft, points: [...draft.points, { name: `point_${number}`, x: kept(x), y: kept(y) }] };
}

/** @param {Draft} draft @param {number} index @returns {Draft} */
export function withoutPoint(draft, index) {
  const moved = (pairs) => pairs.filter((pair) => !pair.includes(index)).map((pair) => pair.map((each) => (each > index ? each - 1 : each)));
  return { points: draft.points.toSpliced(index, 1), edges: moved(draft.edges), flip: moved(draft.flip) };
}

/** One point with other fields. @param {Draft} draft @param {number} index @param {Partial<Point>} fields @returns {Draft} */
export function withFields(draft, index, fields) {
  const point = { ...draft.points[index], ...fields };
  return { ...draft, points: draft.points.with(index, { ...point, x: kept(point.x), y: kept(point.y) }) };
}

/** The points in another order; lines and pairs stay with theirs. @param {Draft} draft @param {number[]} order old numbers @returns {Draft} */
export function reordered(draft, order) {
  const place = new Map(order.map((old, now) => [old, now]));
  const moved = (pairs) => pairs.map((pair) => pair.map((each) => place.get(each)));
  return { points: order.map((old) => draft.points[old]), edges: moved(draft.edges), flip: moved(draft.flip) };
}

/** A line between two points, or none where there was one. @param {Draft} draft @param {number} a @param {number} b @returns {Draft} */
export function withEdge(draft, a, b) {
  if (a === b) return draft;
  const edges = draft.edges.filter((pair) => !(pair.includes(a) && pair.includes(b)));
  return { ...draft, edges: edges.length < draft.edges.length ? edges : [...edges, [a, b]] };
}

/** Which point another one is in a mirror. @param {Draft} draft @param {number} index @returns {number|null} */
export function partnerOf({ flip }, index) {
  const pair = flip.find((each) => each.includes(index));
  return pair ? (pair[0] === index ? pair[1] : pair[0]) : null;
}

/** @param {Draft} draft @param {number} index @param {number|null} partner @returns {Draft} */
export function withPartner(draft, index, partner) {
  const others = draft.flip.filter((pair) => !pair.includes(index) && (partner === null || !pair.includes(partner)));
  return { ...draft, flip: partner === null || partner === index ? others : [...others, [index, partner].sort((a, b) => a - b)] };
}

const SIDES = [["left", "right"], ["l", "r"]];

/** The pairs that names tell: left_eye and right_eye, eye.L and eye.R. @param {Draft} draft @returns {number[][]} */
export function pairsByName({ points }) {
  const place = new Map(points.map(({ name }, index) => [name.trim().toLowerCase(), index]));
  return points.flatMap(({ name }, index) => {
    const partner = place.get(mirrorName(name.trim().toLowerCase()));
    return partner !== undefined && partner > index ? [[index, partner]] : [];
  });
}

/** The name on the other side, or an empty text. @param {string} name in lower case */
function mirrorName(name) {
  const words = name.split(/([^\p{L}]+)/u);
  for (const [left, right] of SIDES) {
    const other = words.map((word) => (word === left ? right : word === right ? left : word)).join("");
    if (other !== name) return other;
  }
  const glued = /^(left|right)(.+)$/.exec(name); // leftEye
  return glued ? `${glued[1] === "left" ? "right" : "left"}${glued[2]}` : "";
}

const kept = (value) => Math.round(Math.min(Math.max(value, 0), 1) * 10_000) / 10_000;
