/**
 * How far saving is, for whoever observes it: {state, count, at, problem, fleeting}, where state is "unknown" (until the
 * journal has been read), "saved", "saving", "offline" or "problem", and `fleeting` how many changes are kept nowhere
 * but in this page.
 */
export class SyncState {
  #fleeting;
  #observers = new Set();
  #now = { state: "unknown", count: 0, at: /** @type {Date|null} */ (null), problem: /** @type {any} */ (null), fleeting: 0 };

  /** @param {() => number} fleeting */
  constructor(fleeting) {
    this.#fleeting = fleeting;
  }

  get problem() {
    return this.#now.problem;
  }

  /** What work that goes on is called: without a connection it is no saving. */
  get working() {
    return this.#now.state === "offline" ? "offline" : "saving";
  }

  get count() {
    return this.#now.count;
  }

  /** @param {(state: any) => void} observer */
  observe(observer) {
    this.#observers.add(observer);
    observer(this.#now);
    return () => this.#observers.delete(observer);
  }

  /** @param {any} part what is other now */
  tell(part) {
    this.#now = { ...this.#now, ...part, fleeting: this.#fleeting() };
    for (const observer of this.#observers) observer(this.#now);
  }
}
