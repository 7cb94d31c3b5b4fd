import { h, on, write } from "../lib/dom.js";
import { clock } from "../lib/format.js";
import { icon } from "../lib/icon.js";

/**
 * Always says one of: saved at 12:04:31 / saving / offline, 3 changes kept here / needs a decision. Aloud only what a
 * person has to know: not each save. Nobody leaves unasked what is kept in the page only.
 */
export class SavedState {
  #element;
  #aloud;
  #shown = "";
  #fleeting = 0;

  /**
   * @param {HTMLButtonElement} element @param {HTMLElement} aloud a live region
   * @param {import("../store/sync.js").Sync} sync @param {() => void} decide
   */
  constructor(element, aloud, sync, decide) {
    this.#element = element;
    this.#aloud = aloud;
    on(element, "click", decide);
    on(globalThis, "beforeunload", (event) => this.#fleeting && event.preventDefault());
    sync.observe((state) => this.#show(state));
  }

  #show({ state, count, at, problem, error, fleeting }) {
    this.#fleeting = fleeting;
    const text = said(state, count, at, error, fleeting);
    if (state === "offline") write(this.#aloud, why(error));
    else if (state !== "saving") write(this.#aloud, state === "problem" ? text : "");
    const key = `${state} ${text}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.#element.dataset.state = state;
    this.#element.disabled = !problem;
    this.#element.hidden = state === "unknown";
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
