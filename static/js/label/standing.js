import { kindOf } from "../canvas/kinds/index.js";

/**
 * How shapes stand among the others: occluded, grouped, above or below. Pure: annotations and the ids that are meant in;
 * out comes what changes, by id, for `Sitting.amend`.
 *
 * @typedef {Map<string, {occluded?: boolean, z_order?: number, group?: number|null}>} Amendments
 */

const SINGLE = 200; // so many are moved past what they overlap; more go by one layer

const z = (each) => each.z_order ?? 0;
const chosen = (annotations, ids) => annotations.filter((each) => ids.has(each.id) && each.shape !== "tag");
const amended = (list, fields) => new Map(list.map((each) => [each.id, fields(each)]));

/** All of them are occluded; or none, where all were. @param {any[]} annotations @param {Set<string>} ids @returns {Amendments} */
export function occluded(annotations, ids) {
  const meant = chosen(annotations, ids);
  const on = !meant.every((each) => each.occluded);
  return amended(meant.filter((each) => Boolean(each.occluded) !== on), () => ({ occluded: on }));
}

/** A new group of them; of one alone there is none. @param {any[]} annotations @param {Set<string>} ids @returns {Amendments} */
export function grouped(annotations, ids) {
  const meant = chosen(annotations, ids);
  const [first] = meant;
  const whole = annotations.filter((each) => each.group && each.group === first?.group).length === meant.length;
  if (meant.length < 2 || (whole && meant.every((each) => each.group === first.group))) return new Map();
  const group = nextGroup(annotations);
  return amended(meant, () => ({ group }));
}

/** @param {any[]} annotations @param {Set<string>} ids @returns {Amendments} */
export function ungrouped(annotations, ids) {
  return amended(chosen(annotations, ids).filter((each) => each.group), () => ({ group: null }));
}

/** A number that no group of the image has. @param {any[]} annotations */
export function nextGroup(annotations) {
  return annotations.reduce((most, each) => Math.max(most, each.group ?? 0), 0) + 1;
}

/**
 * The groups of shapes that are put on an image: together as they were, with numbers that no group there has.
 * @param {any[]} shapes @param {any[]} annotations of the image @returns {(number|null)[]} one for each shape
 */
export function regrouped(shapes, annotations) {
  const first = nextGroup(annotations);
  const numbers = new Map();
  for (const { group } of shapes) if (group && !numbers.has(group)) numbers.set(group, first + numbers.size);
  return shapes.map((each) => numbers.get(each.group) ?? null);
}

/**
 * Brought to the front or the back, or past what they overlap next; they stay as they are among each other.
 * @param {any[]} annotations @param {Set<string>} ids @param {"toFront"|"toBack"|"forward"|"backward"} where @returns {Amendments}
 */
export function ordered(annotations, ids, where) {
  const up = where === "toFront" || where === "forward";
  const meant = chosen(annotations, ids);
  const others = annotations.filter((each) => !ids.has(each.id) && each.shape !== "tag");
  if (!meant.length || !others.length) return new Map();
  const step = where === "toFront" ? highest(others) + 1 - lowest(meant)
    : where === "toBack" ? lowest(others) - 1 - highest(meant)
    : stepPast(annotations, meant, others, up);
  if (up ? step <= 0 : step >= 0) return new Map();
  return amended(meant, (each) => ({ z_order: z(each) + step }));
}

const least = (numbers) => numbers.reduce((found, each) => Math.min(found, each), Infinity);
const lowest = (list) => least(list.map(z));
const highest = (list) => -least(list.map((each) => -z(each)));

/** By how much the first of them comes past the next that it overlaps. */
function stepPast(annotations, meant, others, up) {
  if (meant.length > SINGLE) return up ? 1 : -1;
  const place = new Map(annotations.map((each, index) => [each.id, index]));
  const bounded = others.map((each) => ({ z: z(each), place: place.get(each.id), bounds: kindOf(each.shape).bounds(each.geometry) }));
  const sign = up ? 1 : -1;
  const steps = meant.map((each) => {
    const [own, mine, bounds] = [z(each), place.get(each.id), kindOf(each.shape).bounds(each.geometry)];
    const beyond = bounded.filter((other) => overlap(bounds, other.bounds) && (sign * (other.z - own) || sign * (other.place - mine)) > 0);
    if (!beyond.length) return 0;
    const next = sign * least(beyond.map((other) => sign * other.z));
    // On the same layer what came later lies above.
    const past = beyond.every((other) => other.z !== next || sign * (mine - other.place) > 0);
    return next - own + (past ? 0 : sign);
  }).filter(Boolean);
  return steps.length ? sign * least(steps.map((each) => sign * each)) : 0;
}

function overlap(a, b) {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
