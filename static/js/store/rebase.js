import { tagged, touched, VERDICTS } from "./change.js";
import { clash, editsOf, withEdits } from "./edits.js";


/**
 * What becomes of a change whose base is stale. Two people may change different shapes, and different attributes of
 * one; only where both changed the same is it a conflict.
 * @param {import("./change.js").Change} mine
 * @param {(import("./change.js").Change & {author: string})[]} theirs change sets since the base, oldest first
 * @param {boolean} oneClass
 * @param {(id: string) => string|undefined} shapeOf
 * @param {Map<string, import("./change.js").Annotation>} [bases] annotations by id, as they were before both
 * @returns {{kind: "same"}|{kind: "conflict"}|{kind: "rebased", change: import("./change.js").Change}} same: both
 *   gave the image the same class
 */
export function rebase(mine, theirs, oneClass, shapeOf, bases = new Map()) {
  const wanted = tagged(mine);
  const edits = bothEdited(mine, theirs, bases);
  if (!edits.size && oneClass && wanted !== undefined && theirs.length && wanted === theirs.map(tagged).findLast((each) => each !== undefined)) {
    return { kind: "same" };
  }
  for (const { mine: own, theirs: others } of edits.values()) if (clash(own, others)) return { kind: "conflict" };
  const about = touched(without(mine, edits), oneClass, shapeOf);
  for (const change of theirs) {
    for (const thing of touched(without(change, edits), oneClass, shapeOf)) if (about.has(thing)) return { kind: "conflict" };
  }
  const change = { ...mine };
  if (edits.size) change.upsert = (mine.upsert ?? []).map((each) => (edits.has(each.id) ? withEdits(each, edits.get(each.id).theirs) : each));
  // A verdict given meanwhile was of other labels than mine, but a person gave it: it stays until somebody decides. So
  // does mine where it says why.
  if (!mine.comment && theirs.some((each) => VERDICTS.has(each.status ?? ""))) delete change.status;
  return { kind: "rebased", change };
}

/**
 * Annotations that both changed and nobody deleted: what each changed of them.
 * @returns {Map<string, {mine: Map<string, any>, theirs: Map<string, any>}>}
 */
export function bothEdited(mine, theirs, bases) {
  const gone = new Set([...(mine.delete ?? []), ...theirs.flatMap((each) => each.delete ?? [])]);
  const found = new Map();
  for (const each of mine.upsert ?? []) {
    const base = bases.get(each.id);
    const other = theirs.flatMap((change) => change.upsert ?? []).findLast(({ id }) => id === each.id);
    if (base && other && !gone.has(each.id)) found.set(each.id, { mine: editsOf(base, each), theirs: editsOf(base, other) });
  }
  return found;
}

function without(change, ids) {
  return { ...change, upsert: (change.upsert ?? []).filter((each) => !ids.has(each.id)) };
}
