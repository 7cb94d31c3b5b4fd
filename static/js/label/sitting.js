import { defaultsOf, lacking, withValue } from "../lib/attributes.js";
import { same } from "../lib/stable_json.js";
import { isDone } from "../store/change.js";
import { accept, acceptAll, add, after, amend, describe, edit, finish, give, nothing, refuse, relabel, remove, reshape, revise, toggle, together } from "./verbs.js";

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
  #filled = /** @type {number|null} */ (null); // the image that was labelled by that, and is gone on from afterwards
  #image = /** @type {number|null} */ (null);
  classes = new Map();
  stay = false;
  threshold = 0; // suggestions with a lower score are not asked
  locked = (_id) => false; // whether a person has locked an annotation: no gesture changes it then
  onLocked = () => {}; // all that a gesture was meant for is locked

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

  get image() {
    return this.#image;
  }

  set image(image) {
    this.#image = image;
    this.#filled = null;
  }

  /** Its labels are here; nothing can be changed before. */
  get ready() {
    return this.image !== null && this.#store.has(this.image);
  }

  get labels() {
    return { annotations: this.#store.annotations(this.image), status: this.#store.status(this.image) };
  }

  /** Those that are asked: with a score from the threshold on. */
  get suggestions() {
    return this.open.filter((each) => each.score >= this.threshold);
  }

  /** All that wait for a decision. A labelled image no longer asks. */
  get open() {
    return this.ready && !isDone(this.labels.status) ? this.#store.suggestions(this.image) : [];
  }

  pick(label) {
    if (!this.ready) return;
    const values = defaultsOf(this.classes.get(label)?.attributes);
    if (this.#oneClass) this.#label(give(this.labels, label, values));
    else this.#change(toggle(this.labels, label, values));
  }

  /** Shapes were drawn. @param {{class: number, shape: string, geometry: any, attributes?: any}[]} shapes @returns {string[]} their ids */
  draw(shapes) {
    const change = this.ready ? add(shapes.map((each) => ({ attributes: defaultsOf(this.classes.get(each.class)?.attributes), ...each }))) : null;
    this.#change(change);
    return change?.upsert.map((each) => each.id) ?? [];
  }

  /** @param {{id: string, geometry: any}[]} wanted */
  reshape(wanted) {
    if (!this.ready) return;
    const free = this.#free(wanted.map((each) => each.id));
    const edits = wanted.filter((each) => free.has(each.id));
    const geometry = new Map(edits.map((each) => [each.id, each.geometry]));
    const suggested = edit(this.#of(geometry), ({ id }) => ({ geometry: geometry.get(id) }), this.#defaults);
    this.#change(together(reshape(this.labels, edits), suggested));
  }

  /** Shapes were painted on, cut or joined: see `revise`. @returns {string[]} ids of all that are there now */
  revise(edit) {
    const change = this.ready ? revise(this.labels, edit) : null;
    this.#change(change);
    return change?.upsert.map((each) => each.id) ?? [];
  }

  /** Other values in some fields of annotations, in one change. @param {Map<string, any>} fields by id */
  amend(fields) {
    const free = this.ready ? this.#free(fields.keys()) : new Set();
    this.#change(free.size ? amend(this.labels, new Map([...fields].filter(([id]) => free.has(id)))) : null);
  }

  /** @param {Set<string>} wanted */
  relabel(wanted, label) {
    if (!this.ready) return;
    const ids = this.#free(wanted);
    const suggested = edit(this.#of(ids).filter((each) => each.class !== label), () => ({ class: label }), this.#defaults);
    this.#change(together(relabel(this.labels, ids, label, this.#defaults(label)), suggested));
  }

  /** @param {Set<string>} wanted */
  remove(wanted) {
    if (!this.ready) return;
    const ids = this.#free(wanted);
    this.#change(together(remove(this.labels, ids), refuse(...this.#of(ids))));
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

  /** One value of an annotation's attributes; the last that was missing labels the image. */
  describe(id, name, value) {
    const had = this.ready && this.labels.annotations.find((each) => each.id === id);
    if (!had || !this.#free([id]).size) return;
    const attributes = withValue(had.attributes, name, value);
    if (same(attributes, had.attributes ?? {})) return;
    const change = describe(this.labels, id, attributes);
    if (this.#waiting !== this.image || this.#lacks(change)) return void this.#change(change);
    this.#change({ ...change, status: "labelled" });
    this.#waiting = null;
    this.#filled = this.image;
  }

  /** Whoever filled in what was missing is done with it. */
  described() {
    if (this.#filled !== this.image) return;
    this.#filled = null;
    this.#finished();
  }

  /** A labelled image takes suggestions again. */
  reopen() {
    if (this.ready && isDone(this.labels.status)) this.#change({ status: "in_progress" });
  }

  /** @returns {boolean} false where shapes are on it */
  nothing() {
    if (!this.ready) return true;
    if (this.labels.annotations.some((each) => each.shape !== "tag")) return false;
    this.#change(nothing(this.labels));
    this.#finished();
    return true;
  }

  accept(id) {
    const suggestion = this.suggestions.find((each) => each.id === id);
    if (!suggestion) return;
    const change = accept(this.labels, suggestion, this.#oneClass, defaultsOf(this.classes.get(suggestion.class)?.attributes));
    if (this.#oneClass) this.#label(change);
    else this.#change(change);
  }

  /** Shapes that are suggested, in one change. @param {{has: (id: string) => boolean}} ids @returns {boolean} whether any was */
  acceptAll(ids) {
    const change = this.ready ? acceptAll(this.#of(ids).filter((each) => each.shape !== "tag"), this.#defaults) : null;
    this.#change(change);
    return change !== null;
  }

  refuse(id) {
    this.refuseAll(new Set([id]));
  }

  /** @param {{has: (id: string) => boolean}} ids @returns {boolean} whether any was there */
  refuseAll(ids) {
    const change = refuse(...this.#of(ids));
    this.#change(change);
    return change !== null;
  }

  /** Those that are not locked. @param {Iterable<string>} ids */
  #free(ids) {
    const all = [...ids];
    const free = new Set(all.filter((id) => !this.locked(id)));
    if (all.length && !free.size) this.onLocked();
    return free;
  }

  #of(ids) {
    return this.suggestions.filter((each) => ids.has(each.id));
  }

  #defaults = (label) => defaultsOf(this.classes.get(label)?.attributes);

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

  /** A change that finishes the image, unless a required value is missing: then the labels are kept without that. */
  #label(change) {
    this.#waiting = this.#filled = null;
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
    return Boolean(lacking(after(this.labels, change), this.classes));
  }

  /** As the server decides it: labels that lack something are not finished, also when they were before. */
  #change(change) {
    if (!change) return;
    if (change.upsert && !change.status && isDone(this.labels.status) && this.#lacks(change)) {
      change = { ...change, status: "in_progress" };
      this.#waiting = this.image;
      this.#filled = null;
    }
    this.#store.change(this.image, change, "local");
  }

  #finished() {
    if (!this.stay) this.#onDone();
  }
}
