import { api } from "../api/client.js";
import { $, h, on } from "../lib/dom.js";

const PAUSE_MS = 400;
const COUNT = 8;

/** The project's own images as training will see them. */
export class AugmentationPreview {
  #element;
  #draft;
  #seed = 1;
  #timer;
  #asking;

  /** @param {HTMLElement} element @param {import("./spec_draft.js").SpecDraft} draft */
  constructor(element, draft) {
    this.#element = element;
    this.#draft = draft;
    on($("[data-roll]", element), "click", () => {
      this.#seed += 1;
      this.#ask(0);
    });
    draft.addEventListener("change", (event) => {
      const path = /** @type {CustomEvent} */ (event).detail;
      if (!path || path.startsWith("augmentation") || path === "task") this.#ask();
    });
    this.#ask(0);
  }

  #ask(pause = PAUSE_MS) {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  async #send() {
    this.#asking = new AbortController();
    const grid = $("[data-preview]", this.#element);
    grid.setAttribute("aria-busy", "true");
    try {
      const body = { augmentation: this.#draft.inside("augmentation"), seed: this.#seed, count: COUNT };
      const { results } = await api.post(this.#element.dataset.augmentation, body, { signal: this.#asking.signal });
      grid.replaceChildren(...results.map((each) => this.#pair(each)));
    } catch (error) {
      if (error.name === "AbortError") return;
      grid.replaceChildren(h("p", { class: "hint" }, error.status === 400 ? gettext("Some amounts cannot be; see the group Augmentation.") : error.message));
    }
    grid.removeAttribute("aria-busy");
  }

  /** The image as it is shows while the pointer or the focus is on it. */
  #pair({ before, after }) {
    return h("button", { class: "preview-pair", type: "button", title: gettext("Hold to see it as it was") }, [
      h("img", { class: "preview-after", src: after, alt: gettext("Augmented image") }),
      h("img", { class: "preview-before", src: before, alt: "" }),
    ]);
  }
}
