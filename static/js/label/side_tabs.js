import { $, $$, on, write } from "../lib/dom.js";
import { KeptChoices } from "./kept_choices.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** The tabs of the right bar. Which one somebody has chosen is remembered; which one the page has opened is not. */
export class SideTabs {
  #element;
  #tabs;
  #kept = new KeptChoices("label-tab");

  /** @param {HTMLElement} element the right bar @param {{first?: string}} [options] the tab that this visit begins with */
  constructor(element, { first } = {}) {
    this.#element = element;
    this.#tabs = $$("[role=tab]", element);
    const kept = first ?? this.#kept.read();
    if (this.#tabs.some((each) => each.dataset.tab === kept)) this.#show(kept);
    on(element, "click", "[role=tab]", (event, tab) => {
      this.choose(tab.dataset.tab);
      if (event.detail) tab.blur(); // the keys are the image's
    });
    on(element, "keydown", "[role=tab]", (event) => this.#key(event));
    on(element, "panel-wanted", () => this.#show("comments"));
    for (const tab of this.#tabs) this.#count(tab);
  }

  get chosen() {
    return this.#element.dataset.tabShown;
  }

  /** @param {string} name */
  choose(name) {
    this.#show(name);
    this.#kept.keep(name);
  }

  /** The tab after the one that is shown. @param {1|-1} [by] */
  next(by = 1) {
    const place = this.#tabs.findIndex((each) => each.dataset.tab === this.chosen);
    const tab = this.#tabs.at((place + by) % this.#tabs.length);
    this.choose(tab.dataset.tab);
    return tab;
  }

  /** Classes lie under the objects where there is room for both. */
  showClasses() {
    if (!$("[data-class-panel]", this.#element).checkVisibility()) this.choose("classes");
  }

  #key(event) {
    const rtl = getComputedStyle(this.#element).direction === "rtl" ? -1 : 1;
    const ends = { Home: this.#tabs[0], End: this.#tabs.at(-1) };
    if (event.key in STEPS) this.next(/** @type {1|-1} */ (STEPS[event.key] * rtl)).focus();
    else if (event.key in ends) {
      this.choose(ends[event.key].dataset.tab);
      ends[event.key].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #show(name) {
    this.#element.dataset.tabShown = name;
    for (const tab of this.#tabs) {
      const chosen = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  }

  /** How many there are stands with the heading; the tab says it too. */
  #count(tab) {
    const from = $(`[data-${tab.dataset.tab}-count]`, this.#element);
    const to = $("[data-tab-count]", tab);
    if (!from || !to) return;
    const copy = () => write(to, from.textContent);
    new MutationObserver(copy).observe(from, { childList: true, characterData: true, subtree: true });
    copy();
  }
}
