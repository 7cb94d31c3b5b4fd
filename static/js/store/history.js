import { replayed } from "./replay.js";

const MOST = 1000;

/** Undo and redo over all images of this sitting; observes the store. */
export class History {
  #store;
  #done = [];
  #undone = [];

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.#store = store;
    store.observe((event) => this.#note(event));
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** The image that undo or redo would change: show it first. */
  get undoImage() {
    return this.#done.at(-1)?.image;
  }

  get redoImage() {
    return this.#undone.at(-1)?.image;
  }

  undo() {
    this.#move(this.#done, this.#undone, true);
  }

  redo() {
    this.#move(this.#undone, this.#done, false);
  }

  #move(from, to, back) {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    const { image } = step;
    const change = replayed(step, back, { annotations: this.#store.annotations(image), status: this.#store.status(image) });
    if (change) this.#store.change(image, change, "history");
  }

  #note(event) {
    if (event.origin !== "local") return;
    this.#done = [...this.#done, event].slice(-MOST);
    this.#undone = [];
  }
}
