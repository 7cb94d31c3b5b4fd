import { editsOf } from "../store/edits.js";

/**
 * Where two people changed the same annotation: what is different now, one row each.
 * @param {{change: any, before?: any[]}} entry mine
 * @param {any[]} theirs change sets, oldest first
 * @returns {{annotation: any, about: string, mine: any, theirs: any}[]} about: "class", "shape", "geometry",
 *   "attributes.fur", or "deleted" (then `mine` and `theirs` say who did it); of a geometry the values say who changed it
 */
export function differences({ change, before = [] }, theirs) {
  const gone = new Set(theirs.flatMap((each) => each.delete ?? []));
  const latest = new Map(theirs.flatMap((each) => each.upsert ?? []).map((each) => [each.id, each]));
  const bases = new Map(before.map((each) => [each.id, each]));
  const rows = [];
  for (const own of change.upsert ?? []) {
    const other = latest.get(own.id);
    if (gone.has(own.id)) rows.push({ annotation: own, about: "deleted", mine: false, theirs: true });
    else if (other) rows.push(...between(own, other, bases.get(own.id)));
  }
  for (const id of change.delete ?? []) if (latest.has(id)) rows.push({ annotation: latest.get(id), about: "deleted", mine: true, theirs: false });
  return rows;
}

function between(own, other, base) {
  return [...editsOf(own, other).keys()].map((about) => {
    const row = { annotation: own, about };
    if (about === "geometry") return { ...row, mine: !base || editsOf(base, own).has(about), theirs: !base || editsOf(base, other).has(about) };
    const name = about.replace(/^attributes\./, "");
    return about === name ? { ...row, mine: own[name], theirs: other[name] } : { ...row, mine: own.attributes?.[name], theirs: other.attributes?.[name] };
  });
}
