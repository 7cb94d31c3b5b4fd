import { number } from "./format.js";

/** How long something in the trash is kept. @param {number} days */
export function daysLeft(days) {
  if (days <= 0) return gettext("goes today");
  return interpolate(ngettext("%s day left", "%s days left", days), [number(days)]);
}
