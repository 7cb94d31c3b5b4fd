import { $, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const WAITING = "[aria-busy=true]";

/** Says at the place of a list that it could not be loaded and why, and offers another try. */
export class Failure {
  #place;
  #retry;
  #notice = null;
  #hid = false;

  /** @param {HTMLElement} place hidden while there is nothing in it but its skeleton @param {() => any} retry */
  constructor(place, retry) {
    this.#place = place;
    this.#retry = retry;
  }

  /** @param {Error} error */
  show(error) {
    const text = `${gettext("This could not be loaded.")} ${error.message}`;
    if (this.#notice?.dataset.text === text) return $("button", this.#notice).removeAttribute("aria-busy"); // said already
    this.clear();
    const retry = (event) => {
      event.currentTarget.setAttribute("aria-busy", "true");
      this.#retry();
    };
    this.#notice = h("div", { class: "notice notice-error", role: "alert", dataset: { text } }, [
      icon("circle-alert"),
      h("div", { class: "row row-between notice-fill" }, [h("span", null, text), h("button", { class: "btn btn-small", type: "button", on: { click: retry } }, gettext("Try again"))]),
    ]);
    this.#place.before(this.#notice);
    this.#hid = !this.#place.hidden && (this.#place.matches(WAITING) || $(WAITING, this.#place) !== null);
    if (this.#hid) this.#place.hidden = true;
  }

  /** What was to be loaded is there. */
  clear() {
    this.#notice?.remove();
    this.#notice = null;
    if (this.#hid) this.#place.hidden = false;
    this.#hid = false;
  }
}
