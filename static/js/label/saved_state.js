import { h } from "../lib/dom.js";
import { clock } from "../lib/format.js";
import { icon } from "../lib/icon.js";

/** Always says one of: saved at 12:04:31 / saving / offline, 3 changes kept here / needs a decision. */
export class SavedState {
  #element;
  #shown = "";

  /** @param {HTMLButtonElement} element @param {() => void} decide */
  constructor(element, decide) {
    this.#element = element;
    element.addEventListener("click", decide);
  }

  show({ state, count, at, problem, error }) {
    const text = said(state, count, at, error);
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

function said(state, count, at, error) {
  if (state === "unknown") return "";
  if (state === "saved") return at ? interpolate(gettext("Saved at %s"), [clock(at)]) : gettext("All saved");
  if (state === "saving") return gettext("Saving…");
  if (state === "problem") return gettext("Needs your decision");
  const kept = interpolate(ngettext("%s change kept here", "%s changes kept here", count), [count]);
  const why = error?.status === 401 ? gettext("Signed out") : error?.status ? gettext("Server unreachable") : gettext("Offline");
  return `${why}, ${kept}`;
}
