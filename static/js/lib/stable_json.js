/** JSON with the keys of objects in order: equal values give equal texts, whichever way a database kept them. */
export function stableJson(value) {
  return JSON.stringify(value, (_key, each) =>
    each && typeof each === "object" && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

export const same = (one, other) => stableJson(one) === stableJson(other);
