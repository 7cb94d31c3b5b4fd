import { number } from "../lib/format.js";

/** "12 annotations on 8 images, 3 suggestions" */
export function usageText({ annotations, images, suggestions }) {
  const where = onImages(annotations, images);
  if (!suggestions) return where;
  return interpolate(gettext("%(annotations)s, %(suggestions)s"), { annotations: where, suggestions: interpolate(ngettext("%s suggestion", "%s suggestions", suggestions), [number(suggestions)]) }, true);
}

/** "12 annotations on 8 images" */
export function onImages(annotations, images) {
  const counted = {
    annotations: interpolate(ngettext("%s annotation", "%s annotations", annotations), [number(annotations)]),
    images: interpolate(ngettext("%s image", "%s images", images), [number(images)]),
  };
  return interpolate(gettext("%(annotations)s on %(images)s"), counted, true);
}
