import { number } from "../lib/format.js";

/** What sharing out will come to, in words. @param {number} images that were chosen @param {number} people @param {number|null} each images at most */
export function preview(images, people, each) {
  if (!images) return gettext("There are no such images.");
  if (!people) return gettext("Choose who shall label them.");
  const given = each ? Math.min(images, each * people) : images;
  const most = each ? Math.min(each, images) : Math.ceil(images / people);
  if (people === 1) return interpolate(ngettext("%s image for one person.", "%s images for one person.", given), [number(given)]);
  return interpolate(gettext("%s images: up to %s for each of %s people."), [given, most, people].map((value) => number(value)));
}
