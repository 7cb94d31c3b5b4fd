const MOST_IDS = 20_000; // that are kept, of all images: less than two megabytes
const KINDS = ["hidden", "locked"];

/**
 * What a person does not want to see, or does not want to touch, of the image at hand: their own view, kept by this
 * browser and told nobody. Knows no DOM.
 */
export class SetAside {
  #kept;
  #images = new Map(); // image -> {hidden: string[], locked: string[]}, the last that was changed at the end
  #image = /** @type {number|null} */ (null);
  #observers = new Set();
  #last = /** @type {Set<string>} */ (new Set()); // what was hidden last
  hidden = /** @type {Set<string>} */ (new Set());
  locked = /** @type {Set<string>} */ (new Set());

  /** @param {{read: () => any, keep: (value: any) => void}} kept where it is kept */
  constructor(kept) {
    this.#kept = kept;
  }

  /** @param {() => void} observer told when something is hidden or locked, or no more */
  observe(observer) {
    this.#observers.add(observer);
  }

  /** Begin with an image; another tab may have changed what is kept. */
  set image(image) {
    if (image === this.#image) return;
    this.#image = image;
    this.#read();
    for (const kind of KINDS) this[kind] = new Set(this.#images.get(String(image))?.[kind] ?? []);
    this.#last = new Set();
  }

  /** @param {"hidden"|"locked"} kind @param {Iterable<string>} ids @param {boolean} on */
  set(kind, ids, on) {
    const all = [...ids];
    if (!all.length) return;
    const made = new Set(this[kind]);
    for (const id of all) on ? made.add(id) : made.delete(id);
    this[kind] = made;
    if (kind === "hidden") this.#last = new Set(on ? all : []);
    this.#keep();
    for (const observer of this.#observers) observer();
  }

  /** All of them are so from now on; or none, where all were. @param {"hidden"|"locked"} kind @param {string[]} ids */
  toggle(kind, ids) {
    this.set(kind, ids, !this.all(kind, ids));
  }

  /** @param {"hidden"|"locked"} kind @param {string[]} ids @returns {boolean} */
  all(kind, ids) {
    return ids.length > 0 && ids.every((id) => this[kind].has(id));
  }

  /** What was hidden last is seen again. @returns {boolean} whether there was anything */
  showLast() {
    const ids = [...this.#last].filter((id) => this.hidden.has(id));
    this.set("hidden", ids, false);
    return ids.length > 0;
  }

  #read() {
    const kept = this.#kept.read();
    const entries = Array.isArray(kept) ? kept.filter((each) => Array.isArray(each) && KINDS.every((kind) => Array.isArray(each[1]?.[kind]))) : [];
    this.#images = new Map(entries.map(([image, ids]) => [String(image), ids]));
  }

  /** The images that were changed last, as many as there is room for. */
  #keep() {
    this.#read();
    this.#images.delete(String(this.#image));
    const now = Object.fromEntries(KINDS.map((kind) => [kind, [...this[kind]]]));
    if (KINDS.some((kind) => now[kind].length)) this.#images.set(String(this.#image), now);
    let room = MOST_IDS;
    const newest = [...this.#images].toReversed().filter(([, ids]) => (room -= ids.hidden.length + ids.locked.length) >= 0);
    this.#kept.keep(newest.toReversed());
  }
}
