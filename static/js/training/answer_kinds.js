/** What may be wrong with things that were found, worst first: how it is called, and what it means. */
export const KINDS = {
  missed: { name: () => gettext("Missed"), about: () => gettext("Labels that no answer is right about") },
  false: { name: () => gettext("False"), about: () => gettext("Answers where nothing is") },
  confused: { name: () => gettext("Confused"), about: () => gettext("The right place, but another class") },
  misplaced: { name: () => gettext("Badly placed"), about: () => gettext("The right class, overlapping its label by less than half") },
  double: { name: () => gettext("Double"), about: () => gettext("A second answer on the same label") },
};

/**
 * The shapes of an answer as they are drawn over its image: right ones as lines, wrong ones dashed, what was missed in red.
 * @param {{found?: any[], missed?: any[]}} answer @param {(id: number) => {color?: string, skeleton?: any}|undefined} classOf
 */
export function shapesOf({ found = [], missed = [] }, classOf) {
  const drawn = ({ class_id: id, shape, geometry }, more) => ({ shape, geometry, color: classOf(id)?.color || "#888888", skeleton: classOf(id)?.skeleton, ...more });
  return [
    ...missed.map((each) => drawn(each, { color: "#e5484d", dashed: true })),
    ...found.map((each) => drawn(each, { dashed: each.kind !== "right" })),
  ];
}
