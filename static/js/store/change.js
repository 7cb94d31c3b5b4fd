/**
 * A change set on one image, as data.
 *
 * @typedef {{id: string, class: number, shape: string, geometry: any, attributes?: any, source?: string, score?: number|null, model?: number|null}} Annotation
 * @typedef {{upsert?: Annotation[], delete?: string[], status?: string, suggestions?: Record<string, string>, comment?: string}} Change
 */

/** The change that takes another one back, given what it replaced. @returns {Change} */
export function inverse({ upsert, delete: gone, before, status, statusBefore, suggestionsBefore }) {
  const had = new Set(before.map((each) => each.id));
  return {
    upsert: before,
    delete: upsert.map((each) => each.id).filter((id) => !had.has(id)),
    ...(status === statusBefore ? {} : { status: statusBefore }),
    suggestions: suggestionsBefore,
  };
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
