import { editsOf } from "../store/edits.js";

/**
 * Where two people changed the same annotation: what is different now, one row each. What only one of them changed is
 * no question.
 * @param {{change: any, before?: any[]}[]} mine everything of mine that waits, oldest first
 * @param {any[]} theirs change sets, oldest first
 * @returns {{annotation: any, versions: any[], about: string, mine: any, theirs: any}[]} about: "class", "shape", "geometry",
 *   "attributes.fur", or "deleted"; of a geometry and a deletion the values say who did it; versions: mine and theirs,
 *   null where it was deleted
 */
export function differences(mine, theirs) {
  const [own, other] = [outcome(mine.map((each) => each.change)), outcome(theirs)];
  const bases = new Map(mine.toReversed().flatMap((each) => each.before ?? []).map((each) => [each.id, each]));
  const rows = [];
  for (const [id, row] of own.rows) {
    if (other.gone.has(id)) rows.push({ annotation: row, versions: [row, null], about: "deleted", mine: false, theirs: true });
    else if (other.rows.has(id)) rows.push(...between(row, other.rows.get(id), bases.get(id)));
  }
  for (const id of own.gone) {
    const row = other.rows.get(id);
    if (row) rows.push({ annotation: row, versions: [null, row], about: "deleted", mine: true, theirs: false });
  }
  return rows;
}

function outcome(changes) {
  const [rows, gone] = [new Map(), new Set()];
  for (const { upsert = [], delete: deleted = [] } of changes) {
    for (const each of upsert) rows.set(each.id, each);
    for (const each of upsert) gone.delete(each.id);
    for (const id of deleted) {
      rows.delete(id);
      gone.add(id);
    }
  }
  return { rows, gone };
}

function between(own, other, base) {
  const [mine, theirs] = [own, other].map((each) => base && editsOf(base, each));
  const all = [...editsOf(own, other).keys()];
  const both = all.filter((about) => !base || (mine.has(about) && theirs.has(about)));
  return (both.length ? both : all).map((about) => {
    const row = { annotation: own, versions: [own, other], about };
    if (about === "geometry") return { ...row, mine: !base || mine.has(about), theirs: !base || theirs.has(about) };
    const name = about.replace(/^attributes\./, "");
    return about === name ? { ...row, mine: own[name], theirs: other[name] } : { ...row, mine: own.attributes?.[name], theirs: other.attributes?.[name] };
  });
}
