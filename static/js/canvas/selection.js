import { PointChoice } from "./point_choice.js";

/** Ids of the shapes that are selected; observers are told when they are others. */
export class Selection {
  #ids = new Set();
  #observers = new Set();
  points = new PointChoice(this);

  get ids() {
    return this.#ids;
  }

  get size() {
    return this.#ids.size;
  }

  /** The id, where exactly one is selected. */
  get only() {
    return this.#ids.size === 1 ? [...this.#ids][0] : undefined;
  }

  has(id) {
    return this.#ids.has(id);
  }

  /** @param {Iterable<string>} ids */
  set(ids) {
    const wanted = new Set(ids);
    if (wanted.size === this.#ids.size && [...wanted].every((id) => this.#ids.has(id))) return;
    this.#ids = wanted;
    for (const observer of this.#observers) observer(this);
  }

  /** All of them are selected, or none where they were. @param {string[]} ids */
  toggle(...ids) {
    const meant = new Set(ids);
    this.set(ids.every((id) => this.has(id)) ? [...this.#ids].filter((each) => !meant.has(each)) : [...this.#ids, ...ids]);
  }

  clear() {
    this.set([]);
  }

  /** Those that are no more are not selected either. @param {(id: string) => boolean} exists */
  keep(exists) {
    this.set([...this.#ids].filter(exists));
  }

  observe(observer) {
    this.#observers.add(observer);
  }
}
