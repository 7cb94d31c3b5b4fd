/** What people did, added up. Pure. @typedef {{person: number, day: string, labelled: number, approved: number, sent_back: number, drawn: number, accepted: number, corrected: number}} Done */

export const MEASURES = /** @type {const} */ (["labelled", "approved", "sent_back", "drawn", "accepted", "corrected"]);
const MOST_LINES = 6; // as many colours as there are for lines

/** One row for each person or day, the busiest person or the newest day first. @param {Done[]} rows @param {"person"|"day"} key */
export function sums(rows, key) {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(row[key])) found.set(row[key], { key: row[key], ...Object.fromEntries(MEASURES.map((name) => [name, 0])), others: new Set() });
    const sum = found.get(row[key]);
    for (const name of MEASURES) sum[name] += row[name];
    sum.others.add(key === "person" ? row.day : row.person);
  }
  const listed = [...found.values()].map(({ others, ...sum }) => ({ ...sum, others: others.size }));
  return listed.sort((one, other) => (key === "day" ? (one.key < other.key ? 1 : -1) : weight(other) - weight(one)));
}

/** @param {Record<string, any>[]} listed @returns {Record<string, number>} */
export function total(listed) {
  return Object.fromEntries(MEASURES.map((name) => [name, listed.reduce((sum, each) => sum + each[name], 0)]));
}

/** Every day of a period, as "2026-11-30". @param {string} first @param {string} last */
export function days(first, last) {
  const found = [];
  for (const day = new Date(`${first}T00:00Z`); day.toISOString().slice(0, 10) <= last; day.setUTCDate(day.getUTCDate() + 1)) found.push(day.toISOString().slice(0, 10));
  return found;
}

/**
 * One line for each of those who did most, and one for all others together.
 * @param {Done[]} rows @param {string[]} period its days @param {typeof MEASURES[number]} measure
 * @returns {{people: (number|null)[], values: number[][]}} null stands for the others
 */
export function lines(rows, period, measure) {
  const busy = sums(rows, "person").filter((each) => each[measure] > 0).sort((one, other) => other[measure] - one[measure]).map((each) => each.key);
  const shown = busy.length > MOST_LINES ? busy.slice(0, MOST_LINES - 1) : busy;
  const people = busy.length > shown.length ? [...shown, null] : shown;
  const values = people.map(() => period.map(() => 0));
  const place = new Map(period.map((day, at) => [day, at]));
  for (const row of rows) {
    const line = shown.includes(row.person) ? shown.indexOf(row.person) : people.length - 1;
    if (row[measure] && place.has(row.day)) values[line][place.get(row.day) ?? 0] += row[measure];
  }
  return { people, values };
}

const weight = (sum) => sum.labelled + sum.approved + sum.sent_back + (sum.drawn + sum.accepted) / 1000;
