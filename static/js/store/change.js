import { editsOf, withEdits } from "./edits.js";

/**
 * A change set on one image, as data.
 *
 * @typedef {{id: string, class: number, shape: string, geometry: any, attributes?: any, source?: string, score?: number|null, model?: number|null}} Annotation
 * @typedef {{upsert?: Annotation[], delete?: string[], status?: string, suggestions?: Record<string, string>, comment?: string}} Change
 */

const VERDICTS = new Set(["approved", "sent_back"]);
const DONE = new Set(["labelled", "approved"]);

/**
 * The change that takes a step back (or does it again) on annotations as they are now: only what the step itself changed,
 * not what somebody else has changed of them since.
 * @param {any} step an event of the store @param {boolean} back @param {{annotations: Annotation[], status?: string}} labels
 * @returns {Change|null} null where nothing is left of it
 */
export function replayed(step, back, { annotations, status }) {
  const [before, after, now] = [step.before, step.upsert, annotations].map(byId);
  const [from, to] = back ? [after, before] : [before, after];
  if (from.size && ![...from.keys()].some((id) => now.has(id))) return null;
  const upsert = [...to.values()].filter(({ id }) => from.has(id) === now.has(id)).map((each) => moved(now.get(each.id), from.get(each.id), each));
  const gone = [...from.keys()].filter((id) => !to.has(id));
  const [had, gave] = back ? [step.status, step.statusBefore] : [step.statusBefore, step.status];
  const judged = VERDICTS.has(status ?? "") && status !== had;
  const rest = had === gave || judged ? {} : { status: gave };
  return orNull({ upsert, delete: gone, ...rest, suggestions: back ? step.suggestionsBefore : step.suggestions });
}

const byId = (list) => new Map(list.map((each) => [each.id, each]));

function moved(now, from, to) {
  return now && editsOf(from, now).size ? withEdits(now, editsOf(from, to)) : to;
}

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
  if (DONE.has(left.status ?? "")) delete left.status;
  return orNull(left);
}

function orNull(change) {
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
