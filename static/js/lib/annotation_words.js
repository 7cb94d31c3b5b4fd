/** What the API calls by a name of its own, in the words of the page. Unknown names stay as they are. */

const SHAPES = {
  tag: () => gettext("whole image"),
  box: () => gettext("box"),
  rotated_box: () => gettext("rotated box"),
  polygon: () => gettext("polygon"),
  polyline: () => gettext("polyline"),
  keypoints: () => gettext("keypoints"),
  ellipse: () => gettext("ellipse"),
  mask: () => gettext("mask"),
};

const SOURCES = {
  manual: () => gettext("by hand"),
  auto: () => gettext("by a model"),
  "semi-auto": () => gettext("by a model, then edited"),
  file: () => gettext("from a file"),
};

export const ATTRIBUTE_KINDS = {
  select: () => gettext("One of a list"),
  checkbox: () => gettext("Yes or no"),
  number: () => gettext("Number"),
  text: () => gettext("Text"),
};

export const shapeName = (shape) => SHAPES[shape]?.() ?? shape;
export const sourceName = (source) => SOURCES[source]?.() ?? source;

/** A value of an attribute. */
export function valueText(value) {
  if (value === undefined || value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? gettext("yes") : gettext("no");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
