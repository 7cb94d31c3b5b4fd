/**
 * Typed attributes of a class, as the page needs them.
 *
 * @typedef {{name: string, type: string, options?: string[], default?: any, required?: boolean, mutable?: boolean, min?: number, max?: number, step?: number}} Attribute
 */

const empty = (value) => value === undefined || value === "";

/** Names of required attributes without a value. @param {Attribute[]|undefined} attributes @param {any} values */
export function missingIn(attributes, values) {
  return (attributes ?? []).filter((each) => each.required && empty(values?.[each.name])).map((each) => each.name);
}

/** The first annotation that has no value where its class requires one. @param {any[]} annotations @param {Map<number, any>} classes */
export function lacking(annotations, classes) {
  return annotations.find((each) => missingIn(classes.get(each.class)?.attributes, each.attributes).length > 0);
}

/** What a new annotation has, as the server gives it. @param {Attribute[]|undefined} attributes */
export function defaultsOf(attributes) {
  return Object.fromEntries((attributes ?? []).filter((each) => each.default !== undefined).map((each) => [each.name, each.default]));
}

/** The values with one of them set, or taken away by an empty one. */
export function withValue(values, name, value) {
  const { [name]: _old, ...others } = values ?? {};
  return empty(value) ? others : { ...others, [name]: value };
}

/** Problems of a nested API error by their place: {"1": {"options": {"0": ["..."]}}} -> {"1.options.0": "..."}. */
export function byPlace(problems, place = "") {
  if (typeof problems === "string") return { [place]: problems };
  if (Array.isArray(problems)) return problems.length ? byPlace(problems[0], place) : {};
  const below = Object.entries(problems ?? {}).map(([step, each]) => byPlace(each, place ? `${place}.${step}` : step));
  return Object.assign({}, ...below);
}

/**
 * What a form holds, as the API takes it: with the old names of what was renamed.
 * @param {any[]} drafts each {was, name, type, options: [{was, value}], default, required, mutable, min, max, step}
 */
export function toSend(drafts) {
  return drafts.map((draft) => {
    const sent = { name: draft.name.trim(), type: draft.type };
    if (draft.was && draft.was !== sent.name) sent.was = draft.was;
    if (draft.type === "select") {
      sent.options = draft.options.map(({ value }) => value.trim());
      const renamed = draft.options.filter(({ was, value }) => was && was !== value.trim()).map(({ was, value }) => [was, value.trim()]);
      if (renamed.length && draft.was && draft.wasType === "select") sent.renamed = Object.fromEntries(renamed);
    }
    if (draft.type === "number") for (const limit of ["min", "max", "step"]) if (!empty(draft[limit])) sent[limit] = Number(draft[limit]);
    if (!empty(draft.default)) sent.default = draft.default;
    if (draft.required) sent.required = true;
    if (draft.mutable) sent.mutable = true;
    return sent;
  });
}

/** Give an option of a draft another name; the default goes along with it, not with one that only passes by its name. */
export function writeOption(draft, option, value) {
  const shared = draft.options.some((each) => each !== option && each.value === option.value);
  if (draft.default === option.value && !shared) draft.default = value;
  option.value = value;
}

/** The other way round. `was` and `renamed` of a text that was edited by hand are kept. */
export function toDrafts(sent, known = new Set(sent.map((each) => each.name))) {
  return sent.map((each) => {
    const back = Object.fromEntries(Object.entries(each.renamed ?? {}).map(([old, now]) => [now, old]));
    const was = each.was ?? (known.has(each.name) ? each.name : undefined);
    return {
      ...each, was, wasType: each.type, renamed: undefined,
      options: (each.options ?? []).map((value) => ({ was: was && (back[value] ?? value), value })),
    };
  });
}
