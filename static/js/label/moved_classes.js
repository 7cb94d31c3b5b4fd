/**
 * A change that names classes that were merged into others, with those in their place.
 * @param {import("../store/change.js").Change} change
 * @param {{annotations: any[]}} labels of the image as they are now
 * @param {{id: number, into: {id: number}|null}[]} gone
 */
export function moved(change, { annotations }, gone) {
  const into = new Map(gone.filter((each) => each.into).map((each) => [each.id, each.into?.id]));
  const removed = new Set(change.delete ?? []);
  const tagged = new Set(annotations.filter((each) => each.shape === "tag" && !removed.has(each.id)).map((each) => each.class));
  const upsert = (change.upsert ?? [])
    .map((each) => (into.has(each.class) ? { ...each, class: into.get(each.class), attributes: {} } : each))
    // The image may have the other class by now, as it was merged too.
    .filter((each) => each.shape !== "tag" || annotations.some(({ id }) => id === each.id) || !tagged.has(each.class));
  return { ...change, upsert };
}
