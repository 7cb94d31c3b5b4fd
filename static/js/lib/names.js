/**
 * Names that somebody typed or pasted: one a line, or separated by commas; each once, in their order.
 * @param {string} text
 * @returns {string[]}
 */
export function namesIn(text) {
  return [...new Set(text.split(/[,;\n\t]/).map((name) => name.trim()).filter(Boolean))];
}
