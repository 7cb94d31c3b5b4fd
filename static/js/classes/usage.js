import { number } from "../lib/format.js";

/** "12 annotations on 8 images, 3 suggestions" */
export function usageText({ annotations, images, suggestions }) {
  const parts = [
    interpolate(ngettext("%s annotation", "%s annotations", annotations), [number(annotations)]),
    interpolate(ngettext("on %s image", "on %s images", images), [number(images)]),
  ].join(" ");
  if (!suggestions) return parts;
  return `${parts}, ${interpolate(ngettext("%s suggestion", "%s suggestions", suggestions), [number(suggestions)])}`;
}
