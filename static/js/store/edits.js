import { same } from "../lib/stable_json.js";

const FIELDS = ["class", "shape", "geometry"];
// What was kept by a browser before annotations had these fields says nothing else.
const PLAIN = { occluded: false, z_order: 0, group: null };

/**
 * What somebody changed of an annotation, by what it is about: "class", "shape", "geometry", "occluded", "z_order",
 * "group", or ["fur"] as "attributes.fur"; undefined is a value that was taken away.
 * @param {import("./change.js").Annotation} before @param {import("./change.js").Annotation} after
 * @returns {Map<string, any>}
 */
export function editsOf(before, after) {
  const found = new Map();
  for (const field of FIELDS) if (!same(before[field], after[field])) found.set(field, after[field]);
  for (const [field, plain] of Object.entries(PLAIN)) {
    const value = after[field] ?? plain;
    if ((before[field] ?? plain) !== value) found.set(field, value);
  }
  for (const name of new Set([...Object.keys(before.attributes ?? {}), ...Object.keys(after.attributes ?? {})])) {
    const value = after.attributes?.[name];
    if (!same(before.attributes?.[name], value)) found.set(`attributes.${name}`, value);
  }
  return found;
}

/** @param {import("./change.js").Annotation} annotation @param {Map<string, any>} edits */
export function withEdits(annotation, edits) {
  const made = { ...annotation, attributes: { ...annotation.attributes } };
  for (const [about, value] of edits) {
    const name = about.startsWith("attributes.") ? about.slice("attributes.".length) : null;
    if (name === null) made[about] = value;
    else if (value === undefined) delete made.attributes[name];
    else made.attributes[name] = value;
  }
  return made;
}

/** Both changed the same, and not to the same. Attributes mean nothing without their class. */
export function clash(mine, theirs) {
  if (!mine.size || !theirs.size) return false;
  if (!agree(mine, theirs)) return true;
  return [...mine].some(([about, value]) => theirs.has(about) && !same(value, theirs.get(about)));
}

/** What of theirs fits beside mine, where a person chose mine. */
export function beside(mine, theirs) {
  return agree(mine, theirs) ? new Map([...theirs].filter(([about]) => !mine.has(about))) : new Map();
}

function agree(mine, theirs) {
  return ["class", "shape"].every((field) => mine.has(field) === theirs.has(field) && same(mine.get(field), theirs.get(field)));
}
