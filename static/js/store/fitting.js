import { beside, editsOf, withEdits } from "./edits.js";
import { bothEdited, rebase } from "./rebase.js";

/**
 * What waits for an image, made to stand on a newer revision of it. Entries are made on top of each other, also those of
 * several tabs, but a tab may not have heard of what another one has done in the same moment.
 * @param {any[]} waiting entries of one image, oldest first
 * @param {any[]} changes of the image since their bases, oldest first
 * @param {number} revision that the changes lead to
 * @param {{oneClass: boolean, shapeOf: (id: string) => string|undefined, insist?: boolean}} how `insist`: where both
 *   changed the same, mine is what counts
 * @returns {{kind: "rebased"|"same"|"conflict", entry: any, made: any}[]} `made`: the entry as it stands now; in a
 *   conflict it has `theirs`
 */
export function fitted(waiting, changes, revision, { oneClass, shapeOf, insist = false }) {
  const chain = new Map(); // by annotation, as the entry before has left it: {versions: {row, base}[], base, now?}
  return waiting.map((entry) => {
    const { change, before = [] } = entry;
    const theirs = entry.theirs ?? unseen(changes.filter((each) => !(each.revision <= entry.base)), entry);
    const last = new Map(theirs.flatMap((each) => each.upsert ?? []).map((each) => [each.id, each]));
    const links = new Map(before.map((row) => [row.id, linkOf(row, chain)]));
    for (const { id } of change.upsert ?? []) if (!links.has(id) && chain.has(id)) links.set(id, { base: chain.get(id).base }); // deleted, and brought back
    const bases = new Map([...links].map(([id, link]) => [id, link.base]));
    const version = (row) => ({ row, base: bases.get(row.id) ?? row });
    const result = insist ? { kind: /** @type {const} */ ("rebased"), change: kept(change, theirs, bases) } : rebase(change, theirs, oneClass, shapeOf, bases);
    const made = { ...entry, base: insist ? Math.max(entry.base, revision) : revision, theirs: undefined };
    if (result.kind === "rebased") {
      made.change = result.change;
      made.before = before.map((row) => links.get(row.id).now ?? last.get(row.id) ?? row);
      made.versions = [...(entry.versions ?? []), ...(change.upsert ?? []).filter((row) => last.has(row.id)).map(version)];
    } else made.theirs = theirs;
    const now = result.kind === "rebased" ? result.change : change;
    for (const id of change.delete ?? []) if (bases.has(id)) chain.set(id, { versions: [], base: bases.get(id) });
    (change.upsert ?? []).forEach((row, place) => {
      const versions = [version(row), ...(entry.versions ?? []).filter((each) => each.row.id === row.id)];
      chain.set(row.id, { versions, base: versions[0].base, now: now.upsert[place] });
    });
    return { kind: result.kind, entry, made };
  });
}

/**
 * What an annotation was before all that waits, and what the entry before makes of it now. It may have been made on that
 * as it was before it was fitted.
 */
function linkOf(row, chain) {
  const link = chain.get(row.id);
  const version = link?.versions.find((each) => !editsOf(each.row, row).size);
  return version ? { base: version.base, now: link.now } : { base: row };
}

/**
 * What an entry's author had not seen: of each annotation only what became of it at last, and not what the entry was
 * made on. What both deleted is no question.
 */
function unseen(changes, { change, before = [] }) {
  const seen = new Map(before.map((row) => [row.id, row]));
  const mine = new Set(change.delete ?? []);
  const [upserted, later] = [new Set(), new Set()];
  for (const each of changes) for (const row of each.upsert ?? []) upserted.add(row.id);
  const left = [];
  for (const each of changes.toReversed()) {
    const upsert = (each.upsert ?? []).filter((row) => !later.has(row.id) && !(seen.has(row.id) && !editsOf(seen.get(row.id), row).size));
    const gone = (each.delete ?? []).filter((id) => !later.has(id) && !mine.has(id) && (seen.has(id) || !upserted.has(id)));
    for (const id of [...(each.upsert ?? []).map((row) => row.id), ...(each.delete ?? [])]) later.add(id);
    left.unshift({ ...each, upsert, delete: gone });
  }
  return left;
}

/** What I changed as I want it, and the rest of the same annotations as they have it. */
function kept(change, theirs, bases) {
  const edits = bothEdited(change, theirs, bases);
  if (!edits.size) return change;
  return { ...change, upsert: change.upsert.map((each) => (edits.has(each.id) ? withEdits(each, beside(edits.get(each.id).mine, edits.get(each.id).theirs)) : each)) };
}
