/** Statuses of images that somebody has still to label. */
export const UNLABELLED = ["new", "in_progress", "sent_back"];

/**
 * Images by how far they are, for a dialog that asks which ones are meant: those of which there are any.
 * @param {{status: Record<string, number>, total: number}} counts @param {any} [filters] that hold for all of them
 * @returns {{name: string, count: number, body: any}[]} `body`: as the API takes them
 */
export function imageChoices({ status, total }, filters = {}) {
  const of = (name, statuses) => ({ name, count: statuses.reduce((sum, each) => sum + (status[each] ?? 0), 0), body: { filters: { ...filters, status: statuses } } });
  return [
    of(gettext("Not labelled yet"), UNLABELLED),
    of(gettext("Labelled, not approved"), ["labelled"]),
    of(gettext("Approved"), ["approved"]),
    { name: gettext("All"), count: total, body: { filters } },
  ].filter((each) => each.count);
}
