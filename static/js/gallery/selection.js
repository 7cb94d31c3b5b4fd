/** Which images are chosen. Thinks in ids; ranges are given by places in the list. */
export class Selection extends EventTarget {
  #ids = new Set();
  #everything = false;
  #anchor = 0;

  /** @param {() => any[]} images the loaded ones, in order */
  constructor(images) {
    super();
    this.images = images;
  }

  get ids() {
    return new Set(this.#ids);
  }

  get size() {
    return this.#ids.size;
  }

  /** True when all that match the filters are meant, also those not loaded. */
  get everything() {
    return this.#everything;
  }

  has(id) {
    return this.#everything || this.#ids.has(id);
  }

  only(place) {
    this.#ids = new Set(this.#idsOf(place, place));
    this.#anchor = place;
    this.#changed();
  }

  toggle(place) {
    const [id] = this.#idsOf(place, place);
    if (id === undefined) return;
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#anchor = place;
    this.#changed();
  }

  /** From where the last choice was made. @param {boolean} [adding] keeps what is chosen already */
  extend(place, adding = false) {
    const range = this.#idsOf(Math.min(this.#anchor, place), Math.max(this.#anchor, place));
    this.#ids = new Set(adding ? [...this.#ids, ...range] : range);
    this.#changed();
  }

  loaded() {
    this.#ids = new Set(this.images().map((image) => image.id));
    this.#changed();
  }

  all() {
    this.loaded();
    this.#everything = true;
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    this.#ids = new Set();
    this.#changed();
  }

  #idsOf(from, to) {
    return this.images().slice(from, to + 1).map((image) => image.id);
  }

  #changed() {
    this.#everything = false;
    this.dispatchEvent(new Event("change"));
  }
}
