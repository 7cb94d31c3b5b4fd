/**
 * The fields of a RunSpec, read from its JSON schema.
 *
 * @typedef {object} Field
 * @property {string} path dotted, for example "augmentation.rotate"
 * @property {string} title
 * @property {string} description
 * @property {string} group "Data", "Model", "Optimiser", "Augmentation" or "Hardware"
 * @property {boolean} advanced
 * @property {"integer"|"number"|"boolean"|"choice"|"text"} kind
 * @property {boolean} automatic whether it may be left empty, so that the preset decides
 * @property {any} fallback its value while nobody has set it
 * @property {any[]} choices of a choice
 * @property {Record<string, any[]>|undefined} choicesByTask those of them that a task has
 * @property {string[]|undefined} tasks that make use of it; all of them where it is left out
 * @property {number|undefined} low smallest value
 * @property {boolean} above whether even `low` itself is too small
 * @property {number|undefined} high largest value
 */

/** @param {any} schema @returns {Field[]} in the order of the schema; nested objects give the fields inside them */
export function readFields(schema) {
  return Object.entries(schema.properties).flatMap(([name, property]) => read(schema, [name], property, {}));
}

function read(schema, path, property, inherited) {
  const { alternatives, automatic } = alternativesOf(schema, property);
  const nested = alternatives.length === 1 && alternatives[0].properties;
  const own = { group: property.group ?? inherited.group, advanced: property.advanced ?? inherited.advanced ?? false };
  if (nested) return Object.entries(nested).flatMap(([name, each]) => read(schema, [...path, name], each, own));
  const shape = alternatives.find((each) => each.type !== "object" && !each.properties) ?? alternatives[0];
  return [{
    path: path.join("."),
    title: property.title ?? path.at(-1),
    description: property.description ?? "",
    ...own,
    kind: kindOf(shape),
    automatic,
    fallback: property.default ?? null,
    choices: shape.enum ?? [],
    choicesByTask: property.choices_by_task,
    tasks: property.tasks,
    low: shape.minimum ?? shape.exclusiveMinimum,
    above: shape.exclusiveMinimum !== undefined,
    high: shape.maximum,
  }];
}

function alternativesOf(schema, property) {
  const all = (property.anyOf ?? [property]).map((each) => resolved(schema, each));
  const alternatives = all.filter((each) => each.type !== "null");
  return { alternatives, automatic: alternatives.length < all.length };
}

function resolved(schema, each) {
  return each.$ref ? { ...schema.$defs[each.$ref.split("/").at(-1)], ...each } : each;
}

function kindOf(shape) {
  if (shape.enum) return "choice";
  return { integer: "integer", number: "number", boolean: "boolean" }[shape.type] ?? "text";
}

/**
 * What a person typed, as a value of the field; an empty text is null, which means automatic.
 *
 * @param {Field} field
 * @param {string} text
 */
export function parseValue(field, text) {
  if (field.kind === "boolean") return text === "true";
  const trimmed = text.trim();
  if (field.kind === "choice" || field.kind === "text") return trimmed;
  return trimmed === "" ? null : Number(trimmed.replace(",", "."));
}

/** Why a value cannot be, as a sentence; empty when it can. @param {Field} field @param {any} value */
export function problemOf(field, value) {
  if (value === null) return field.automatic || field.fallback === null ? "" : gettext("This is needed.");
  if (field.kind === "choice") return field.choices.includes(value) ? "" : gettext("Choose one of the list.");
  if (field.kind !== "integer" && field.kind !== "number") return "";
  if (!Number.isFinite(value)) return gettext("Give a number.");
  if (field.kind === "integer" && !Number.isInteger(value)) return gettext("Give a whole number.");
  if (field.low !== undefined && field.above && value <= field.low) return interpolate(gettext("More than %s."), [field.low]);
  if (field.low !== undefined && value < field.low) return interpolate(gettext("At least %s."), [field.low]);
  if (field.high !== undefined && value > field.high) return interpolate(gettext("At most %s."), [field.high]);
  return "";
}
