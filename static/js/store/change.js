/**
 * A change set on one image, as data.
 *
 * @typedef {{id: string, class: number, shape: string, geometry: any, attributes?: any, source?: string, score?: number|null, model?: number|null, occluded?: boolean, z_order?: number, group?: number|null}} Annotation
 * @typedef {{upsert?: Annotation[], delete?: string[], status?: string, suggestions?: Record<string, string>, comment?: string}} Change
 */

const DONE = new Set(["labelled", "approved"]);

/** Whether an image of this status asks nobody any more. @param {string|undefined} status */
export const isDone = (status) => DONE.has(status ?? "");

/** Statuses that a reviewer gives. */
export const VERDICTS = new Set(["approved", "sent_back"]);

/**
 * A change without what is about these things, and without what stood on that: that the image is done.
 * @param {Change} change @param {Set<string>} things as `touched` names them
 * @param {boolean} oneClass @param {(id: string) => string|undefined} shapeOf
 * @returns {Change|null} null where nothing is left
 */
export function apartFrom(change, things, oneClass, shapeOf) {
  const meets = (each) => [...touched(each, oneClass, shapeOf)].some((thing) => things.has(thing));
  const upsert = (change.upsert ?? []).filter((each) => !meets({ upsert: [each] }));
  const kept = new Set(upsert.map((each) => each.id));
  const gone = (change.upsert ?? []).map((each) => each.id).filter((id) => !kept.has(id));
  const left = {
    ...change,
    upsert,
    delete: (change.delete ?? []).filter((id) => !meets({ delete: [id] })),
    // Accepted is a suggestion as the annotation that it became.
    suggestions: Object.fromEntries(Object.entries(change.suggestions ?? {}).filter(([id]) => !gone.includes(id))),
  };
  if (isDone(left.status)) delete left.status;
  return orNull(left);
}

/** @returns {Change|null} null for one that changes nothing */
export function orNull(change) {
  const { upsert, delete: gone, status, suggestions } = change;
  return upsert.length || gone.length || status || Object.keys(suggestions).length ? change : null;
}

/**
 * What a change is about: two changes that touch different things can both be kept.
 * @param {Change} change
 * @param {boolean} oneClass in such projects every tag is about the same thing, the image's class
 * @param {(id: string) => string|undefined} shapeOf of annotations that are only named by their id
 */
export function touched(change, oneClass, shapeOf = () => undefined) {
  const things = new Set();
  const add = (id, shape) => things.add(oneClass && shape === "tag" ? "tag" : id);
  for (const each of change.upsert ?? []) add(each.id, each.shape);
  for (const id of change.delete ?? []) add(id, shapeOf(id));
  return things;
}

/** The image's class after a change, in projects where it has one; undefined when the change does not say. */
export function tagged(change) {
  return (change.upsert ?? []).findLast((each) => each.shape === "tag")?.class;
}
