import { accept, finish, give, isDone, nothing, refuse, toggle } from "./verbs.js";

/**
 * One person at the queue: what each gesture means on the image at hand. Knows no DOM.
 *
 * After a gesture that finishes an image `onDone` is called; the page then goes to the next one.
 */
export class Sitting {
  #store;
  #oneClass;
  #onDone;
  stay = false;
  image = /** @type {number|null} */ (null);

  /** @param {{store: import("../store/store.js").Store, oneClass: boolean, onDone: () => void}} parts */
  constructor({ store, oneClass, onDone }) {
    this.#store = store;
    this.#oneClass = oneClass;
    this.#onDone = onDone;
  }

  /** Its labels are here; nothing can be changed before. */
  get ready() {
    return this.image !== null && this.#store.has(this.image);
  }

  get labels() {
    return { annotations: this.#store.annotations(this.image), status: this.#store.status(this.image) };
  }

  /** A labelled image no longer asks. */
  get suggestions() {
    return this.ready && !isDone(this.labels.status) ? this.#store.suggestions(this.image) : [];
  }

  pick(label) {
    if (!this.ready) return;
    this.#change(this.#oneClass ? give(this.labels, label) : toggle(this.labels, label));
    if (this.#oneClass) this.#finished();
  }

  enter() {
    const [top] = this.suggestions;
    if (top) this.accept(top.id);
    else if (this.#oneClass) this.#onDone();
    else this.finish();
  }

  finish() {
    if (!this.ready) return;
    this.#change(finish(this.labels));
    this.#finished();
  }

  nothing() {
    if (!this.ready || this.labels.annotations.some((each) => each.shape !== "tag")) return;
    this.#change(nothing(this.labels));
    this.#finished();
  }

  accept(id) {
    const suggestion = this.suggestions.find((each) => each.id === id);
    if (!suggestion) return;
    this.#change(accept(this.labels, suggestion, this.#oneClass));
    if (this.#oneClass) this.#finished();
  }

  refuse(id) {
    const suggestion = this.suggestions.find((each) => each.id === id);
    if (suggestion) this.#change(refuse(suggestion));
  }

  refuseTop() {
    const [top] = this.suggestions;
    if (top) this.refuse(top.id);
  }

  approve() {
    if (!this.ready) return;
    if (this.labels.status !== "approved") this.#change({ status: "approved" });
    this.#finished();
  }

  sendBack(comment) {
    this.#change({ status: "sent_back", comment });
    this.#finished();
  }

  #change(change) {
    if (change) this.#store.change(this.image, change, "local");
  }

  #finished() {
    if (!this.stay) this.#onDone();
  }
}
