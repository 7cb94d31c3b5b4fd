/** Which point of the one shape that is selected is at hand: the one that was chosen, and the one that is pointed at. */
export class PointChoice {
  #selection;
  #observers = new Set();
  #chosen = /** @type {number|null} */ (null);
  #pointed = /** @type {number|null} */ (null);

  /** @param {any} selection to which it belongs: not named here, as modules that name each other cannot be served */
  constructor(selection) {
    this.#selection = selection;
    selection.observe(() => this.#set(null, null));
  }

  get id() {
    return this.#selection.only;
  }

  get chosen() {
    return this.#chosen;
  }

  get pointed() {
    return this.#pointed;
  }

  /** What keys act on: what is pointed at goes first. */
  get atHand() {
    return this.#pointed ?? this.#chosen;
  }

  /** @param {number|null} index */
  choose(index) {
    this.#set(index, this.#pointed);
  }

  /** @param {number|null} index */
  point(index) {
    this.#set(this.#chosen, index);
  }

  observe(observer) {
    this.#observers.add(observer);
  }

  #set(chosen, pointed) {
    if (chosen === this.#chosen && pointed === this.#pointed) return;
    [this.#chosen, this.#pointed] = [chosen, pointed];
    for (const observer of this.#observers) observer(this);
  }
}
