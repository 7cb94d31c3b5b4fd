/**
 * The fields of a spec in the order of the form, with what was asked for and what the preset chose.
 *
 * @param {any} schema JSON schema of RunSpec
 * @param {any} given the spec as it was asked for
 * @param {any} resolved the spec with nothing left open
 * @returns {{name: string, group: string, title: string, value: any, given: boolean}[]}
 */
export function specRows(schema, given, resolved) {
  return fields(schema).map(({ path, ...field }) => {
    const asked = at(given, path);
    const chosen = at(resolved, path);
    return { ...field, name: path.join("."), value: chosen ?? asked ?? field.default, given: asked != null };
  });
}

/**
 * Several specs beside each other.
 *
 * @param {any} schema
 * @param {any[]} resolved one for each run
 * @returns {{name: string, group: string, title: string, values: any[], differs: boolean}[]}
 */
export function specDifferences(schema, resolved) {
  return fields(schema).map(({ path, group, title, default: own }) => {
    const values = resolved.map((each) => at(each, path) ?? own);
    const differs = new Set(values.map((value) => JSON.stringify(value ?? null))).size > 1;
    return { name: path.join("."), group, title, values, differs };
  });
}

/** Every field; those of an object within, such as the augmentation, stand for the object. */
function fields(schema, within = schema, path = []) {
  const rows = [];
  for (const [name, field] of Object.entries(within.properties)) {
    const inner = reference(schema, field);
    const here = [...path, name];
    if (inner) rows.push(...fields(schema, inner, here));
    else rows.push({ path: here, group: field.group ?? "", title: field.title ?? name, default: field.default });
  }
  return path.length ? rows : inGroups(rows);
}

/** Only a field that must be an object; weights, say, may be a word as well. */
function reference(schema, field) {
  const name = (field.$ref ?? field.allOf?.[0]?.$ref)?.split("/").at(-1);
  const found = name && schema.$defs?.[name];
  return found?.properties ? found : null;
}

const GROUPS = ["Model", "Data", "Optimiser", "Augmentation", "Hardware"];

function inGroups(rows) {
  const rank = ({ group }) => (GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.length);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

const at = (object, path) => path.reduce((inner, name) => inner?.[name], object);
