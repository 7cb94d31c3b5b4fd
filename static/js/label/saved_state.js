import { h, write } from "../lib/dom.js";
import { clock } from "../lib/format.js";
import { icon } from "../lib/icon.js";

/**
 * Always says one of: saved at 12:04:31 / saving / offline, 3 changes kept here / needs a decision. Aloud only what a
 * person has to know: not each save.
 */
export class SavedState {
  #element;
  #aloud;
  #shown = "";

  /** @param {HTMLButtonElement} element @param {HTMLElement} aloud a live region @param {() => void} decide */
  constructor(element, aloud, decide) {
    this.#element = element;
    this.#aloud = aloud;
    element.addEventListener("click", decide);
  }

  show({ state, count, at, problem, error, fleeting }) {
    const text = said(state, count, at, error, fleeting);
    if (state === "offline") write(this.#aloud, why(error));
    else if (state !== "saving") write(this.#aloud, state === "problem" ? text : "");
    const key = `${state} ${text}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.#element.dataset.state = state;
    this.#element.disabled = !problem;
    this.#element.replaceChildren(...(state === "unknown" ? [] : [ICONS[state](), h("span", null, text)]));
  }
}

const ICONS = {
  saved: () => icon("cloud-check"),
  saving: () => icon("cloud-upload"),
  offline: () => icon("cloud-off"),
  problem: () => icon("triangle-alert"),
};

function said(state, count, at, error, fleeting) {
  if (state === "unknown") return "";
  if (state === "saved") return at ? interpolate(gettext("Saved at %s"), [clock(at)]) : gettext("All saved");
  if (state === "saving") return gettext("Saving…");
  if (state === "problem") return gettext("Needs your decision");
  const only = ngettext("%s change kept only in this page: leave it open", "%s changes kept only in this page: leave it open", fleeting);
  const kept = fleeting ? interpolate(only, [fleeting]) : interpolate(ngettext("%s change kept here", "%s changes kept here", count), [count]);
  return `${why(error)}, ${kept}`;
}

function why(error) {
  if (error?.status === 401) return gettext("Signed out");
  return error?.status ? gettext("Server unreachable") : gettext("Offline");
}
