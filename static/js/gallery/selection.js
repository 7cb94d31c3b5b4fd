/**
 * Which images are chosen: some by their ids, or all that match apart from some. Ranges are given by places. Tells
 * "change", and "failure" with the error when a range cannot be asked for.
 */
export class Selection extends EventTarget {
  #listing;
  #ids = new Set();
  #everything = false;
  #anchor = 0;
  #changes = 0;

  /** @param {{at: (place: number) => any, idsBetween: (first: number, last: number) => Promise<number[]>, length: number}} listing */
  constructor(listing) {
    super();
    this.#listing = listing;
  }

  /** The chosen; where all are meant, those that are not. */
  get ids() {
    return new Set(this.#ids);
  }

  get size() {
    return this.#everything ? Math.max(0, this.#listing.length - this.#ids.size) : this.#ids.size;
  }

  /** True when all that match the filters are meant, also those not loaded. */
  get everything() {
    return this.#everything;
  }

  has(id) {
    return this.#everything !== this.#ids.has(id);
  }

  only(place) {
    const id = this.#listing.at(place)?.id;
    this.#anchor = place;
    this.#set(id === undefined ? [] : [id]);
  }

  toggle(place) {
    const id = this.#listing.at(place)?.id;
    if (id === undefined) return;
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#anchor = place;
    this.#set(this.#ids, this.#everything);
  }

  /** From where the last choice was made. @param {boolean} [adding] keeps what is chosen already */
  async extend(place, adding = false) {
    const before = adding && !this.#everything ? this.#ids : [];
    const asked = (this.#changes += 1);
    try {
      const range = await this.#listing.idsBetween(Math.min(this.#anchor, place), Math.max(this.#anchor, place));
      if (asked === this.#changes) this.#set([...before, ...range]); // else something else was chosen meanwhile
    } catch (error) {
      if (asked === this.#changes) this.dispatchEvent(new CustomEvent("failure", { detail: error }));
    }
  }

  all() {
    this.#set([], true);
  }

  clear() {
    this.#set([]);
  }

  #set(ids, everything = false) {
    this.#ids = new Set(ids);
    this.#everything = everything;
    this.#changes += 1;
    this.dispatchEvent(new Event("change"));
  }
}
