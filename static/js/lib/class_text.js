const FIELDS = ["name", "color", "key", "shapes", "attributes", "skeleton"];

/**
 * Label classes as JSON text that people can copy to another project.
 * @param {Record<string, any>[]} classes
 */
export function classesToText(classes) {
  const kept = classes.map((each) =>
    Object.fromEntries(FIELDS.filter((field) => Object.keys(each[field] ?? {}).length).map((field) => [field, each[field]])),
  );
  return JSON.stringify(kept, null, 2);
}
