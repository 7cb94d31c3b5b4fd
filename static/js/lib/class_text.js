const FIELDS = ["name", "color", "key", "shapes", "attributes"];

/**
 * Label classes as JSON text that people can copy to another project.
 * @param {Record<string, any>[]} classes
 */
export function classesToText(classes) {
  const kept = classes.map((each) =>
    Object.fromEntries(FIELDS.filter((field) => each[field]?.length).map((field) => [field, each[field]])),
  );
  return JSON.stringify(kept, null, 2);
}

/**
 * What a text changes: classes to add, and changes of those that have the same name. None is ever deleted.
 * @param {string} text JSON: a list of names or of objects with a name
 * @param {Record<string, any>[]} present
 * @returns {{add: Record<string, any>[], change: {id: number, fields: Record<string, any>}[]}}
 */
export function planFromText(text, present) {
  const wanted = JSON.parse(text);
  if (!Array.isArray(wanted)) throw new SyntaxError("A list is needed: [ … ]");
  const byName = new Map(present.map((each) => [each.name, each]));
  const plan = { add: [], change: [] };
  wanted.forEach((each, index) => {
    const sent = typeof each === "string" ? { name: each } : each;
    if (!sent?.name || typeof sent.name !== "string") throw new SyntaxError(`Entry ${index + 1} has no name.`);
    const known = byName.get(sent.name);
    const fields = Object.fromEntries(FIELDS.filter((field) => field in sent).map((field) => [field, sent[field]]));
    if (!known) plan.add.push(fields);
    else if (differs(known, fields)) plan.change.push({ id: known.id, fields });
  });
  return plan;
}

function differs(known, fields) {
  return Object.keys(fields).some((field) => JSON.stringify(known[field]) !== JSON.stringify(fields[field]));
}
