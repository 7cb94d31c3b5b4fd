import { defaultsOf, missingIn } from "../lib/attributes.js";
import { accept, after, describe, finish, give, isDone, nothing, refuse, toggle } from "./verbs.js";

/**
 * One person at the queue: what each gesture means on the image at hand. Knows no DOM.
 *
 * After a gesture that finishes an image `onDone` is called; the page then goes to the next one.
 */
export class Sitting {
  #store;
  #oneClass;
  #onDone;
  #onMissing;
  #waiting = /** @type {number|null} */ (null); // the image that is labelled as soon as no required value is missing
  classes = new Map();
  stay = false;
  image = /** @type {number|null} */ (null);

  /**
   * @param {{store: import("../store/store.js").Store, oneClass: boolean, onDone: () => void, onMissing?: () => void}} parts
   *   `onMissing`: a required attribute has to be filled in first
   */
  constructor({ store, oneClass, onDone, onMissing = () => {} }) {
    this.#onMissing = onMissing;
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
    const values = defaultsOf(this.classes.get(label)?.attributes);
    if (this.#oneClass) this.#label(give(this.labels, label, values));
    else this.#change(toggle(this.labels, label, values));
  }

  enter() {
    const [top] = this.suggestions;
    if (top) this.accept(top.id);
    else if (this.#oneClass) this.#onDone();
    else this.finish();
  }

  finish() {
    if (!this.ready) return;
    this.#label(finish(this.labels));
  }

  /** Values of the attributes of one annotation; the last that was missing lets the image be labelled. */
  describe(id, attributes) {
    if (!this.ready) return;
    const change = describe(this.labels, id, attributes);
    if (!change) return;
    if (this.#waiting === this.image && !this.#lacks(change)) this.#label({ ...change, status: "labelled" });
    else this.#change(change);
  }

  nothing() {
    if (!this.ready || this.labels.annotations.some((each) => each.shape !== "tag")) return;
    this.#change(nothing(this.labels));
    this.#finished();
  }

  accept(id) {
    const suggestion = this.suggestions.find((each) => each.id === id);
    if (!suggestion) return;
    const change = accept(this.labels, suggestion, this.#oneClass, defaultsOf(this.classes.get(suggestion.class)?.attributes));
    if (this.#oneClass) this.#label(change);
    else this.#change(change);
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
    if (this.labels.status !== "approved" && this.#lacks({})) return this.#onMissing();
    if (this.labels.status !== "approved") this.#change({ status: "approved" });
    this.#finished();
  }

  sendBack(comment) {
    this.#change({ status: "sent_back", comment });
    this.#finished();
  }

  /** A change that finishes the image, unless a required value is missing: then the labels are kept without a status. */
  #label(change) {
    this.#waiting = null;
    if (change?.status === "labelled" && this.#lacks(change)) {
      const { status: _later, ...kept } = change;
      this.#change(kept.upsert ? kept : null);
      this.#waiting = this.image;
      return this.#onMissing();
    }
    this.#change(change);
    return this.#finished();
  }

  #lacks(change) {
    return after(this.labels, change).some((each) => missingIn(this.classes.get(each.class)?.attributes, each.attributes).length);
  }

  #change(change) {
    if (change) this.#store.change(this.image, change, "local");
  }

  #finished() {
    if (!this.stay) this.#onDone();
  }
}
