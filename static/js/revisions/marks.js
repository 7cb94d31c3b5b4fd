const UNCHANGED = "#8b93a1";
const COLORS = { added: "#1fa556", changed: "#e08a00", removed: "#e0426b" };

/**
 * What the stage draws of a revision: labels in the colours of their classes, or in those of what became of them, with
 * what was there before in dashes.
 * @param {{annotations: any[], added: string[], changed: any[], removed: any[]}} revision
 * @param {Map<number, any>} classes @param {boolean} differences
 * @returns {{annotations: any[], before: any[], classes: Map<any, any>}} `before`: as suggestions are drawn
 */
export function marked({ annotations, added, changed, removed }, classes, differences) {
  if (!differences) return { annotations, before: [], classes };
  const marks = new Map(added.map((id) => [id, "added"]));
  for (const { id } of changed) marks.set(id, "changed");
  const colored = /** @type {Map<any, any>} */ (new Map(classes));
  const as = (row, mark) => {
    const key = `${mark ?? "unchanged"} ${row.class}`;
    if (!colored.has(key)) colored.set(key, { ...classes.get(row.class), color: COLORS[mark] ?? UNCHANGED });
    return { ...row, class: key };
  };
  const gone = (row, mark) => ({ ...as(row, mark), id: `before ${row.id}`, state: "open", score: 0 });
  return {
    annotations: annotations.map((row) => as(row, marks.get(row.id))),
    before: [...changed.map((row) => gone(row, "changed")), ...removed.map((row) => gone(row, "removed"))],
    classes: colored,
  };
}

/** Classes of the whole image, with what became of them. @returns {{class: number, mark: string}[]} mark: "added", "removed" or "" */
export function tagsOf({ annotations, added, removed }, differences) {
  const fresh = new Set(differences ? added : []);
  const tags = (rows) => rows.filter((each) => each.shape === "tag");
  return [
    ...tags(annotations).map((each) => ({ class: each.class, mark: fresh.has(each.id) ? "added" : "" })),
    ...(differences ? tags(removed).map((each) => ({ class: each.class, mark: "removed" })) : []),
  ];
}
