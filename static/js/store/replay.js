import { orNull, VERDICTS } from "./change.js";
import { editsOf, withEdits } from "./edits.js";

/**
 * The change that takes a step back (or does it again) on annotations as they are now: only what the step itself changed,
 * not what somebody else has changed of them since.
 * @param {any} step an event of the store @param {boolean} back @param {{annotations: import("./change.js").Annotation[], status?: string}} labels
 * @returns {import("./change.js").Change|null} null where nothing is left of it
 */
export function replayed(step, back, { annotations, status }) {
  const [before, after, now] = [step.before, step.upsert, annotations].map(byId);
  const [from, to] = back ? [after, before] : [before, after];
  if (from.size && ![...from.keys()].some((id) => now.has(id))) return null;
  const upsert = [...to.values()].filter(({ id }) => from.has(id) === now.has(id)).map((each) => moved(now.get(each.id), from.get(each.id), each));
  const gone = [...from.keys()].filter((id) => !to.has(id));
  const [had, gave] = back ? [step.status, step.statusBefore] : [step.statusBefore, step.status];
  const judged = VERDICTS.has(status ?? "") && status !== had;
  const rest = had === gave || judged ? {} : { status: gave, ...(back ? {} : { comment: step.comment }) };
  return orNull({ upsert, delete: gone, ...rest, suggestions: back ? step.suggestionsBefore : step.suggestions });
}

const byId = (list) => new Map(list.map((each) => [each.id, each]));

function moved(now, from, to) {
  return now && editsOf(from, now).size ? withEdits(now, editsOf(from, to)) : to;
}
