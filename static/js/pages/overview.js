import { $ } from "../lib/dom.js";
import { attach } from "../lib/attach.js";
import { paintShares } from "../widgets/shares.js";

const FAST = 3_000;
const SLOW = 30_000;

/** Keeps the front page of a project true: asks for the page again and takes over its live part. */
class LivePart {
  #element;
  #last = "";
  #timer = 0;

  constructor(element) {
    this.#element = element;
    paintShares(element);
    this.#wait();
    document.addEventListener("visibilitychange", () => !document.hidden && this.#refresh());
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), "liveFast" in this.#element.dataset ? FAST : SLOW);
  }

  async #refresh() {
    if (!document.hidden && !this.#element.contains(document.activeElement)) {
      // Whatever cuts the answer off: it is asked again after the next wait.
      const text = await fetch(location.href).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
      const fresh = text && $("[data-live]", new DOMParser().parseFromString(text, "text/html"));
      if (fresh && fresh.innerHTML !== this.#last) {
        this.#last = fresh.innerHTML;
        paintShares(fresh);
        this.#element.replaceWith(fresh);
        this.#element = fresh;
        document.dispatchEvent(new CustomEvent("times-changed"));
      }
    }
    this.#wait();
  }
}

attach("data-live", (element) => new LivePart(element));
