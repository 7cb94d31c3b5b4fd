import { $, on } from "../lib/dom.js";

/** Nothing but the image and what it is labelled with; and the page on the whole screen. */
export class FocusMode {
  #page;
  #idle;
  #saved = /** @type {any} */ ($("[data-saved]"));
  #home = /** @type {any} */ (null); // where the save state stands otherwise

  /** @param {HTMLElement} page @param {() => boolean} idle whether Escape has nothing else to give up */
  constructor(page, idle) {
    this.#page = page;
    this.#idle = idle;
    const fullscreen = $("[data-verb=fullscreen]", page);
    fullscreen.hidden = !document.fullscreenEnabled;
    on(document, "fullscreenchange", () => fullscreen.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement))));
    // Before the keys of the page, to which Escape means something else.
    on(document, "keydown", (event) => this.#escape(event), { capture: true });
  }

  get on() {
    return "focusMode" in document.documentElement.dataset;
  }

  toggle() {
    const begins = !this.on;
    document.documentElement.toggleAttribute("data-focus-mode", begins);
    $("[data-verb=focusMode]", this.#page).setAttribute("aria-pressed", String(begins));
    // Whether all is saved is to be seen always.
    if (begins) {
      this.#home = this.#saved.nextSibling;
      $(".label-bar .spacer", this.#page).after(this.#saved);
    } else $(".page-top").insertBefore(this.#saved, this.#home);
  }

  async fullscreen() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
    } catch {
      // The browser does not allow it just now; it says so itself.
    }
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.on || event.defaultPrevented || !this.#idle()) return;
    if (document.querySelector("dialog[open], :popover-open") || event.target.matches?.("input, select, textarea")) return;
    event.preventDefault();
    this.toggle();
  }
}
