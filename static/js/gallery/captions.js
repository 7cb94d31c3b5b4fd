/**
 * Whether any image of the list has something to show below its name: a class, a split, or its days in the trash.
 * @param {any} counts as the API gives them
 * @param {{trashed: boolean, chosen: Record<string, string[]>}} query
 */
export function hasSecondLine(counts, { trashed, chosen }) {
  const some = (key) => String(chosen[key]) !== "none" && Object.entries(counts[key]).some(([id, count]) => id !== "none" && count > 0);
  return trashed || some("class") || some("split");
}
