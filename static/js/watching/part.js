import { api } from "../api/client.js";
import { $, $$, fill, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { keepFocus, renew } from "../lib/redraw.js";
import { stateMark } from "./marks.js";

const PATIENCE = 30_000;

/** One card of the status page: asks for itself again and again, and says when it cannot be told how that part is. */
export class Part extends EventTarget {
  state = "";
  #card;
  #render;
  #period;
  #timer = 0;
  #asking = false;

  /** @param {HTMLElement} card @param {(content: any) => any} render @param {number} period milliseconds */
  constructor(card, render, period) {
    super();
    this.#card = card;
    this.#render = render;
    this.#period = period;
  }

  async refresh() {
    if (this.#asking) return;
    clearTimeout(this.#timer);
    this.#asking = true;
    try {
      const answer = await api.get(`/api/status/${this.#card.dataset.part}/`, { signal: AbortSignal.timeout(PATIENCE) });
      if (answer.content) this.#show(answer.content);
      else this.#fail(answer.problem);
    } catch (error) {
      this.#fail(error.message);
    } finally {
      this.#asking = false;
    }
    this.#card.removeAttribute("aria-busy");
    this.dispatchEvent(new Event("change"));
    this.#timer = setTimeout(() => document.hidden || this.refresh(), this.#period);
  }

  #show(content) {
    this.state = content.state;
    $("[data-problem]", this.#card).hidden = true;
    $("[data-body]", this.#card).classList.remove("status-stale");
    fill($("[data-state]", this.#card), stateMark(content.state));
    const body = $("[data-body]", this.#card);
    const fresh = fill(body.cloneNode(), this.#render(content));
    // What a person has unfolded stays so, and what they scroll or have the keyboard on is not taken away.
    const unfolded = $$("details", body).map((each) => each.open);
    $$("details", fresh).forEach((each, index) => (each.open = unfolded[index] ?? each.open));
    keepFocus(body, () => renew(body, fresh));
  }

  #fail(reason) {
    const known = this.state;
    this.state = "problem";
    fill($("[data-state]", this.#card), stateMark("problem", gettext("Unknown")));
    const notice = h("div", { class: "notice notice-error" }, [icon("triangle-alert"), h("div", null, [h("p", null, gettext("This cannot be read just now; it is tried again.")), h("p", { class: "small status-reason" }, reason)])]);
    const place = $("[data-problem]", this.#card);
    fill(place, notice).hidden = false;
    const body = $("[data-body]", this.#card);
    if (known) body.classList.add("status-stale");
    else if ($(".skeleton", body)) fill(body);
  }
}
