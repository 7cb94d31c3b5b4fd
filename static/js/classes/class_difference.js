import { ATTRIBUTE_KINDS, shapeName, valueText } from "../lib/annotation_words.js";

const FIELDS = {
  color: () => gettext("Colour"),
  key: () => gettext("Key"),
  shapes: () => gettext("Shapes"),
  skeleton: () => gettext("Skeleton"),
};

const OF_ATTRIBUTE = {
  type: () => gettext("kind"),
  options: () => gettext("options"),
  default: () => gettext("default"),
  required: () => gettext("required"),
  mutable: () => gettext("changes over frames"),
  min: () => gettext("least"),
  max: () => gettext("greatest"),
  step: () => gettext("step"),
};

/**
 * What differs between two states of a class, in words: one line for each field, and for each field of an attribute.
 * @param {{field: string, mine: any, theirs: any}} differing
 * @returns {{what: string, mine: string, theirs: string}[]}
 */
export function differencesIn({ field, mine, theirs }) {
  if (field === "attributes") return ofAttributes(mine, theirs);
  if (field === "skeleton") return [{ what: FIELDS.skeleton(), mine: ofSkeleton(mine), theirs: ofSkeleton(theirs) }];
  const said = (value) => (Array.isArray(value) ? value.map(shapeName).join(", ") || gettext("every shape") : valueText(value));
  return [{ what: FIELDS[field]?.() ?? field, mine: said(mine), theirs: said(theirs) }];
}

function ofSkeleton({ points = [], edges = [], flip = [] }) {
  const names = points.map((each) => each.name).join(", ");
  const values = { count: points.length, names, lines: edges.length, pairs: flip.length };
  return points.length ? interpolate(gettext("%(count)s points (%(names)s), %(lines)s lines, %(pairs)s pairs"), values, true) : "–";
}

function ofAttributes(mine, theirs) {
  const names = (list) => list.map((each) => each.name);
  const lines = [...new Set([...names(mine), ...names(theirs)])].flatMap((name) => {
    const [own, other] = [mine, theirs].map((list) => list.find((each) => each.name === name));
    return own && other ? ofOne(name, own, other) : [{ what: name, mine: kindOf(own), theirs: kindOf(other) }];
  });
  return lines.length ? lines : [{ what: gettext("Order of the attributes"), mine: names(mine).join(", "), theirs: names(theirs).join(", ") }];
}

function ofOne(name, mine, theirs) {
  const what = (field) => interpolate(gettext("%(attribute)s, %(field)s"), { attribute: name, field: OF_ATTRIBUTE[field]() }, true);
  return Object.keys(OF_ATTRIBUTE)
    .map((field) => ({ what: what(field), mine: said(field, mine[field]), theirs: said(field, theirs[field]) }))
    .filter((line) => line.mine !== line.theirs);
}

const kindOf = (attribute) => (attribute ? ATTRIBUTE_KINDS[attribute.type]() : "–");

function said(field, value) {
  if (field === "type") return ATTRIBUTE_KINDS[value]?.() ?? value;
  if (field === "required" || field === "mutable") return valueText(Boolean(value));
  return Array.isArray(value) ? value.join(", ") || "–" : valueText(value);
}
