/** What somebody has chosen, kept by this browser under a name. A browser that keeps nothing is no reason to fail. */
export class KeptChoices {
  #name;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  /** What was kept, or null: also where it cannot be read. */
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.#name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {any} value */
  keep(value) {
    try {
      localStorage.setItem(this.#name, JSON.stringify(value));
    } catch {
      // It holds until the page is left.
    }
  }
}
