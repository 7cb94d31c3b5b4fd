/**
 * How well a text fits what was typed: 0 for not at all. Words may be typed in any order; a word's beginning counts
 * more than its inside, and letters in order ("pst" in "project settings") count least.
 * @param {string} query
 * @param {string} text
 */
export function fit(query, text) {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  const have = fold(text);
  let sum = 1;
  for (const word of wanted) {
    const score = fitOfWord(word, have);
    if (!score) return 0;
    sum += score;
  }
  return sum - have.length / 1000;
}

function fitOfWord(word, text) {
  const at = text.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) return /\W/.test(text[at - 1]) ? 6 : 3;
  let from = 0;
  for (const letter of word) {
    from = text.indexOf(letter, from) + 1;
    if (!from) return 0;
  }
  return word.length > 1 ? 1 : 0;
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
