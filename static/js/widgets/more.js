import { api } from "../api/client.js";
import { on } from "../lib/dom.js";
import { toast } from "./toast.js";

/** The button that appends the next page of a list: one at a time, and none of a list that has been begun anew since. */
export class More {
  #button;
  #append;
  #get;
  #next = null;
  #asked = 0;
  #asking = false;

  /**
   * @param {HTMLElement} button hidden with the `data-more` around it while there is no next page
   * @param {(page: any) => void} append
   * @param {(address: string) => Promise<any>} [get]
   */
  constructor(button, append, get = api.get) {
    this.#button = button;
    this.#append = append;
    this.#get = get;
    on(button, "click", () => this.#press());
  }

  get asking() {
    return this.#asking;
  }

  /** The first page of a list is shown, or is being waited for. @param {string|null} [next] address of the page after it */
  begin(next = null) {
    this.#asked += 1;
    this.#asking = false;
    this.#show(next);
  }

  async #press() {
    if (this.#asking || !this.#next) return;
    const mine = (this.#asked += 1);
    this.#asking = true;
    this.#button.setAttribute("aria-busy", "true");
    try {
      const page = await this.#get(this.#next);
      if (mine !== this.#asked) return;
      this.#append(page);
      this.#show(page.next);
    } catch (error) {
      if (mine !== this.#asked) return;
      toast(error.message, { kind: "error" });
    }
    this.#asking = false;
    this.#button.removeAttribute("aria-busy");
  }

  #show(next) {
    this.#next = next;
    this.#button.removeAttribute("aria-busy");
    /** @type {HTMLElement} */ (this.#button.closest("[data-more]")).hidden = !next;
  }
}
