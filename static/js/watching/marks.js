import { h } from "../lib/dom.js";

const KINDS = { ok: "success", warning: "warning", problem: "danger" };

/** A pill that says how something is. @param {"ok"|"warning"|"problem"} state @param {string} [text] */
export function stateMark(state, text) {
  const words = { ok: gettext("OK"), warning: gettext("Warning"), problem: gettext("Problem") };
  return h("span", { class: `pill pill-${KINDS[state]}` }, text ?? words[state]);
}

/** A sentence below what it is about; nothing where there is none. */
export function problemLine(text, state) {
  return text && h("p", { class: `small status-${state}` }, text);
}

const ORDER = ["ok", "warning", "problem"];

/** @param {string[]} states */
export function worst(states) {
  return states.reduce((worse, each) => (ORDER.indexOf(each) > ORDER.indexOf(worse) ? each : worse), "ok");
}

/** A table that scrolls sideways in its card. @param {any[]} heads texts, or [text, class] @param {any[]} rows */
export function table(heads, rows, label) {
  const head = heads.map((each) => (Array.isArray(each) ? h("th", { scope: "col", class: each[1] }, each[0]) : h("th", { scope: "col" }, each)));
  return h("div", { class: "status-table", tabindex: "0", role: "region", "aria-label": label }, [h("table", { class: "table" }, [h("thead", null, h("tr", null, head)), h("tbody", null, rows)])]);
}

/** Text, as a link where one may follow it. */
export const linked = (text, href) => (href ? h("a", { href }, text) : text);
