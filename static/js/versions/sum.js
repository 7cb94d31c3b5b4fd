import { api } from "../api/client.js";

const PAUSE_MS = 200;

/** Asks what a form's choices would hold, a moment after they changed; a late answer never replaces a newer one. */
export class Sum {
  #timer;
  #asking;
  #url;
  #body;
  #show;

  /**
   * @param {string} url
   * @param {() => any} body
   * @param {(answer: any) => void} show gets null when nothing can be said
   */
  constructor(url, body, show) {
    this.#url = url;
    this.#body = body;
    this.#show = show;
  }

  ask(pause = PAUSE_MS) {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  async #send() {
    this.#asking = new AbortController();
    try {
      this.#show(await api.post(this.#url, this.#body(), { signal: this.#asking.signal }));
    } catch (error) {
      if (error.name !== "AbortError") this.#show(null);
    }
  }
}
