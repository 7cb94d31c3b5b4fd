import { h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";

/** @param {{closed_at: string|null, people: any[]}} round */
export function statePill({ closed_at: closed, people }) {
  if (closed) return h("span", { class: "pill pill-success" }, gettext("Closed"));
  const waiting = people.filter((each) => !each.finished_at).length;
  return h("span", { class: "pill pill-info" }, interpolate(ngettext("Waiting for %s person", "Waiting for %s people", waiting), [number(waiting)]));
}

/** How far all people together are. @param {{total: number, labelled: number}[]} people */
export function progressOf(people) {
  const sum = (name) => people.reduce((all, each) => all + each[name], 0);
  const [labelled, total] = [sum("labelled"), sum("total")];
  const share = total ? labelled / total : 0;
  return { share, text: `${number(labelled)} / ${number(total)} · ${percent(share)}` };
}

/** A share as per cent, a dash where nothing can be said. @param {number|null|undefined} value */
export const shareText = (value) => (value == null ? "–" : percent(value));

/** A kappa, two digits. @param {number|null|undefined} value */
export const kappaText = (value) => (value == null ? "–" : number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));

/** What people usually call a kappa of this size (Landis and Koch, 1977). @param {number|null|undefined} value */
export function kappaWord(value) {
  if (value == null) return gettext("Nothing can be said: there is too little, or all is of one class.");
  const words = [[0.8, gettext("almost perfect")], [0.6, gettext("substantial")], [0.4, gettext("moderate")], [0.2, gettext("fair")], [0, gettext("slight")]];
  return String(words.find(([least]) => value > Number(least))?.[1] ?? gettext("none beyond chance"));
}
