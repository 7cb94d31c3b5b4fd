/** "Ada Lovelace" -> "AL" @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._]+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]).join("").toUpperCase() || "?";
}
