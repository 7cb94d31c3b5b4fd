const HERE_MS = 5_000; // so often one says that one is here
const GONE_MS = 12_000; // after so long without a word somebody is gone

/** Who looks at which image, as the pages of the others say. Knows no DOM. */
export class Presence {
  #user;
  #api;
  #tab;
  #pages = new Map(); // by tab: {user, name, image, until}
  #observers = new Set();
  #image = /** @type {number|null} */ (null);
  #timer;
  #now;

  /** @param {{user: number, tab: string, api: {put: Function, delete: Function}, now?: () => number}} parts */
  constructor({ user, tab, api, now = Date.now }) {
    this.#user = user;
    this.#tab = tab;
    this.#api = api;
    this.#now = now;
  }

  /** @param {() => void} observer told when others come or go */
  observe(observer) {
    this.#observers.add(observer);
  }

  /** Other people at an image, each once. @param {number|null} image @returns {{user: number, name: string}[]} */
  at(image) {
    const people = new Map();
    for (const { user, name, image: where, until } of this.#pages.values()) {
      if (where === image && user !== this.#user && until > this.#now()) people.set(user, { user, name });
    }
    return [...people.values()];
  }

  heard({ tab, user, name, image }) {
    this.#pages.set(tab, { user, name, image, until: this.#now() + GONE_MS });
    this.#tell();
  }

  left({ tab, image }) {
    if (this.#pages.get(tab)?.image !== image) return; // it is at another one by now
    this.#pages.delete(tab);
    this.#tell();
  }

  /** This page shows an image now; null: nobody looks at it. @param {number|null} image */
  show(image) {
    if (image === this.#image) return;
    if (image === null) this.#send("delete", this.#image);
    this.#image = image;
    clearTimeout(this.#timer);
    if (image !== null) this.#timer = setTimeout(() => this.#again(), 300); // whoever leafs through is nowhere
  }

  #again() {
    this.#send("put", this.#image);
    this.#forgetGone();
    this.#timer = setTimeout(() => this.#again(), HERE_MS);
  }

  /** Nobody is told where one is while there is no connection. */
  #send(verb, image) {
    this.#api[verb](`/api/images/${image}/presence/${this.#tab}/`, undefined, { keepalive: true }).catch(() => {});
  }

  #forgetGone() {
    const before = this.#pages.size;
    for (const [tab, { until }] of this.#pages) if (until <= this.#now()) this.#pages.delete(tab);
    if (this.#pages.size !== before) this.#tell();
  }

  #tell() {
    for (const observer of this.#observers) observer();
  }
}
