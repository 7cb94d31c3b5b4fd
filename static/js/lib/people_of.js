import { moment } from "./format.js";

/**
 * Who labelled an image and who reviewed it, a sentence for each; of an image whose labelling was taken back nobody.
 * @param {{status: string, labelled_by?: string|null, labelled_at?: string|null, reviewed_by?: string|null, reviewed_at?: string|null}} image
 * @returns {string[]}
 */
export function peopleOf({ status, labelled_by: labeller, labelled_at: labelled, reviewed_by: reviewer, reviewed_at: reviewed }) {
  const verdict = status === "approved" ? gettext("Approved by %s, %s") : status === "sent_back" ? gettext("Sent back by %s, %s") : gettext("Last reviewed by %s, %s");
  return [
    labeller && interpolate(gettext("Labelled by %s, %s"), [labeller, moment(labelled)]),
    reviewer && interpolate(verdict, [reviewer, moment(reviewed)]),
  ].filter((each) => typeof each === "string");
}
