import { replayed } from "./replay.js";

const MOST = 2000; // steps over all images
const MOST_OF_ONE = 500; // of one image

/**
 * Undo and redo over the images of this sitting; observes the store. Where an image is named, only its own steps are
 * meant; else the last of all, whatever image it is of.
 */
export class History {
  #store;
  #apart;
  #done = [];
  #undone = [];

  /** @param {import("./store.js").Store} store @param {boolean} [apart] a gesture leaves what was undone of other images to be done again */
  constructor(store, apart = false) {
    this.#store = store;
    this.#apart = apart;
    store.observe((event) => this.#note(event));
  }

  /** @param {number} [image] */
  canUndo(image) {
    return lastOf(this.#done, image) >= 0;
  }

  /** @param {number} [image] */
  canRedo(image) {
    return lastOf(this.#undone, image) >= 0;
  }

  /** The image that undo or redo would change: show it first. */
  get undoImage() {
    return this.#done.at(-1)?.image;
  }

  get redoImage() {
    return this.#undone.at(-1)?.image;
  }

  /** @param {number} [image] */
  undo(image) {
    this.#move(this.#done, this.#undone, true, image);
  }

  /** @param {number} [image] */
  redo(image) {
    this.#move(this.#undone, this.#done, false, image);
  }

  #move(from, to, back, meant) {
    const place = lastOf(from, meant);
    if (place < 0) return;
    const [step] = from.splice(place, 1);
    to.push(step);
    const { image } = step;
    const change = replayed(step, back, { annotations: this.#store.annotations(image), status: this.#store.status(image) });
    if (change) this.#store.change(image, change, "history");
    else if (from[lastOf(from, meant)]?.image === image) this.#move(from, to, back, meant); // nothing was left of that one
  }

  #note(event) {
    if (event.origin !== "local") return;
    const { image } = event;
    this.#done.push(event);
    const own = this.#done.reduce((count, each) => count + (each.image === image ? 1 : 0), 0);
    if (own > MOST_OF_ONE) this.#done.splice(this.#done.findIndex((each) => each.image === image), 1);
    else if (this.#done.length > MOST) this.#done.shift();
    this.#undone = this.#apart ? this.#undone.filter((each) => each.image !== image) : [];
  }
}

const lastOf = (steps, image) => (image === undefined ? steps.length - 1 : steps.findLastIndex((each) => each.image === image));
