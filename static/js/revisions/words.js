import { number } from "../lib/format.js";

const COUNTED = {
  drawn: (count) => ngettext("%s drawn", "%s drawn", count),
  moved: (count) => ngettext("%s moved", "%s moved", count),
  relabelled: (count) => ngettext("%s given another class", "%s given another class", count),
  described: (count) => ngettext("%s with other attributes", "%s with other attributes", count),
  occluded: (count) => ngettext("%s marked as occluded or no more", "%s marked as occluded or no more", count),
  grouped: (count) => ngettext("%s grouped or no more", "%s grouped or no more", count),
  ordered: (count) => ngettext("%s brought forward or back", "%s brought forward or back", count),
  deleted: (count) => ngettext("%s deleted", "%s deleted", count),
  tagged: (count) => ngettext("%s class given to the image", "%s classes given to the image", count),
  untagged: (count) => ngettext("%s class taken from the image", "%s classes taken from the image", count),
};

/** "3 drawn, 1 moved" @param {Record<string, number>} counts */
export function counted(counts) {
  return Object.entries(COUNTED).filter(([what]) => counts[what]).map(([what, say]) => interpolate(say(counts[what]), [number(counts[what])])).join(", ");
}

/** What a revision did, one sentence each. @param {any} revision @param {Record<string, string>} statuses names by value @returns {string[]} */
export function whatItDid({ counts, restored, occasion, status, status_before: before }, statuses) {
  const done = counted(counts);
  const said = [
    occasion,
    restored !== null && (restored === 0 ? gettext("Restored the image as it was added") : interpolate(gettext("Restored revision %s"), [number(restored)])),
    done,
    status !== before && `${statuses[before] ?? before} → ${statuses[status] ?? status}`,
  ].filter(Boolean);
  return said.length ? said : [gettext("Nothing was changed")];
}
