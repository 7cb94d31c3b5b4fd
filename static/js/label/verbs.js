import { same } from "../lib/stable_json.js";
import { isDone } from "../store/change.js";
import { uuid } from "../store/uuid.js";

/** What each gesture of labelling changes. Pure: labels in, a change out (null when there is nothing to change). */

const tags = (annotations) => annotations.filter((each) => each.shape === "tag");

const newTag = (label, attributes) => ({ id: uuid(), class: label, shape: "tag", geometry: {}, attributes, source: "manual", score: null, model: null });

/** Where an image has one class: give it this one; the image is labelled. */
export function give({ annotations, status }, label, attributes = {}) {
  const present = tags(annotations);
  const same = present.length === 1 && present[0].class === label;
  if (same) return isDone(status) ? null : { status: "labelled" };
  return { upsert: [newTag(label, attributes)], delete: present.map((each) => each.id), status: "labelled" };
}

/** Where an image may have several: give it this one, or take it away. */
export function toggle({ annotations }, label, attributes = {}) {
  const present = tags(annotations).find((each) => each.class === label);
  return present ? { delete: [present.id] } : { upsert: [newTag(label, attributes)] };
}

/** More shapes on the image. @param {{class: number, shape: string, geometry: any, attributes?: any, occluded?: boolean, z_order?: number, group?: number|null, source?: string}[]} shapes */
export function add(shapes) {
  const upsert = shapes.map(({ class: label, shape, geometry, attributes = {}, occluded = false, z_order = 0, group = null, source = "manual" }) => (
    { id: uuid(), class: label, shape, geometry, attributes, source, score: null, model: null, occluded, z_order, group }
  ));
  return upsert.length ? { upsert } : null;
}

/** Shapes with another place or form; what a model drew is now drawn by both. One that is put back where it was is none. @param {any} labels @param {{id: string, geometry: any}[]} edits */
export function reshape({ annotations }, edits) {
  const wanted = new Map(edits.map((each) => [each.id, each.geometry]));
  const upsert = annotations.filter((each) => wanted.has(each.id) && !same(each.geometry, wanted.get(each.id))).map((each) => ({ ...each, geometry: wanted.get(each.id), source: corrected(each.source) }));
  return upsert.length ? { upsert } : null;
}

/**
 * Several shapes in one change: some in another form, more that are like some, and some gone.
 * @param {any} labels
 * @param {{reshaped?: {id: string, shape: string, geometry: any, source?: string}[], added?: {like: string, shape: string, geometry: any}[], removed?: string[]}} edit
 */
export function revise({ annotations }, { reshaped = [], added = [], removed = [] }) {
  const known = new Map(annotations.map((each) => [each.id, each]));
  const made = (each, id, { shape, geometry, source = corrected(each.source) }) => ({ ...each, id, shape, geometry, source });
  const upsert = [
    ...reshaped.filter((each) => known.has(each.id)).map((each) => made(known.get(each.id), each.id, each)),
    ...added.filter((each) => known.has(each.like)).map((each) => made(known.get(each.like), uuid(), each)),
  ];
  const gone = removed.filter((id) => known.has(id));
  return upsert.length || gone.length ? { upsert, delete: gone } : null;
}

/** Annotations with other values in some fields, by id. @param {any} labels @param {Map<string, any>} fields */
export function amend({ annotations }, fields) {
  const upsert = annotations.filter((each) => fields.has(each.id)).map((each) => ({ ...each, ...fields.get(each.id) }));
  return upsert.length ? { upsert } : null;
}

/** Shapes of another class, whose attributes begin anew. @param {any} labels @param {Set<string>} ids @param {number} label @param {any} attributes */
export function relabel({ annotations }, ids, label, attributes = {}) {
  const upsert = annotations.filter((each) => ids.has(each.id) && each.class !== label).map((each) => ({ ...each, class: label, attributes, source: corrected(each.source) }));
  return upsert.length ? { upsert } : null;
}

/** Without these. @param {any} labels @param {Set<string>} ids */
export function remove({ annotations }, ids) {
  const gone = annotations.filter((each) => ids.has(each.id)).map((each) => each.id);
  return gone.length ? { delete: gone } : null;
}

const corrected = (source) => (source === "auto" ? "semi-auto" : source);

/** The image is labelled as it is. */
export function finish({ status }) {
  return isDone(status) ? null : { status: "labelled" };
}

/** Nothing is on this image, and that is its label. */
export function nothing({ annotations }) {
  return { delete: tags(annotations).map((each) => each.id), status: "labelled" };
}

/** The suggestion becomes an annotation that keeps its id. */
export function accept({ annotations }, suggestion, oneClass, attributes = {}) {
  const { id, class: label, shape } = suggestion;
  const replaced = shape === "tag" ? tags(annotations).filter((each) => oneClass || each.class === label) : [];
  return {
    upsert: [labelled(suggestion, attributes, "auto")],
    delete: replaced.map((each) => each.id).filter((each) => each !== id),
    ...(oneClass && shape === "tag" ? { status: "labelled" } : {}),
    suggestions: { [id]: "accepted" },
  };
}

/** Other values of an annotation's attributes. */
export function describe({ annotations }, id, attributes) {
  const annotation = annotations.find((each) => each.id === id);
  return annotation ? { upsert: [{ ...annotation, attributes }] } : null;
}

/** Annotations as they are after a change. */
export function after({ annotations }, { upsert = [], delete: gone = [] }) {
  const changed = new Set([...gone, ...upsert.map((each) => each.id)]);
  return [...annotations.filter((each) => !changed.has(each.id)), ...upsert];
}

/** @param {any[]} suggestions */
export function refuse(...suggestions) {
  return suggestions.length ? { suggestions: decided(suggestions, "refused") } : null;
}

/** All of these shapes become annotations, in one change. @param {any[]} suggestions @param {(label: number) => any} attributesOf */
export function acceptAll(suggestions, attributesOf) {
  const upsert = suggestions.map((each) => labelled(each, attributesOf(each.class), "auto"));
  return upsert.length ? { upsert, suggestions: decided(suggestions, "accepted") } : null;
}

/** Suggestions that become annotations with another place, form or class. @param {any[]} suggestions @param {(suggestion: any) => any} edit what is other @param {(label: number) => any} attributesOf */
export function edit(suggestions, edit, attributesOf) {
  const upsert = suggestions.map((each) => {
    const edited = { ...each, ...edit(each) };
    return labelled(edited, attributesOf(edited.class), "semi-auto");
  });
  return upsert.length ? { upsert, suggestions: decided(suggestions, "edited") } : null;
}

/** The annotation that a suggestion becomes; it keeps its id. */
function labelled({ id, class: label, shape, geometry, score, model }, attributes, source) {
  return { id, class: label, shape, geometry, attributes, source, score, model };
}

const decided = (suggestions, state) => Object.fromEntries(suggestions.map((each) => [each.id, state]));

/** Several changes as one. @param {any[]} changes null for none */
export function together(...changes) {
  const real = changes.filter(Boolean);
  if (!real.length) return null;
  const lists = (name) => real.flatMap((each) => each[name] ?? []);
  return { upsert: lists("upsert"), delete: lists("delete"), suggestions: Object.assign({}, ...real.map((each) => each.suggestions)) };
}
