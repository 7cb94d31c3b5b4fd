import { tagged, touched } from "./change.js";

const VERDICTS = new Set(["approved", "sent_back"]);

/**
 * What becomes of a change whose base is stale.
 * @param {import("./change.js").Change} mine
 * @param {(import("./change.js").Change & {author: string})[]} theirs change sets since the base, oldest first
 * @param {boolean} oneClass
 * @param {(id: string) => string|undefined} shapeOf
 * @returns {{kind: "same"}|{kind: "conflict"}|{kind: "rebased", change: import("./change.js").Change}} same: both
 *   gave the image the same class
 */
export function rebase(mine, theirs, oneClass, shapeOf) {
  const wanted = tagged(mine);
  if (oneClass && wanted !== undefined && theirs.length && wanted === theirs.map(tagged).findLast((each) => each !== undefined)) {
    return { kind: "same" };
  }
  const about = touched(mine, oneClass, shapeOf);
  for (const change of theirs) {
    for (const thing of touched(change, oneClass, shapeOf)) if (about.has(thing)) return { kind: "conflict" };
  }
  const change = { ...mine };
  // A verdict given meanwhile was of other labels than mine, but a person gave it: it stays until somebody decides.
  if (theirs.some((each) => VERDICTS.has(each.status ?? ""))) delete change.status;
  return { kind: "rebased", change };
}
