import { apartFrom, touched } from "./change.js";
import { fitted } from "./fitting.js";

/**
 * Changes that cannot be sent as they are: made to fit where nothing is lost by it, otherwise kept until a person has
 * decided. A problem is {image, entry, error, theirs}.
 */
export class Problems {
  #store;
  #journal;
  #labels;
  #oneClass;
  #open = new Map();

  /**
   * @param {object} parts
   * @param {import("./store.js").Store} parts.store
   * @param {any} parts.journal
   * @param {(image: number) => Promise<any>} parts.labels as the server has them now
   * @param {boolean} parts.oneClass
   */
  constructor({ store, journal, labels, oneClass }) {
    this.#store = store;
    this.#journal = journal;
    this.#labels = labels;
    this.#oneClass = oneClass;
  }

  get first() {
    return this.#open.values().next().value ?? null;
  }

  has(image) {
    return this.#open.has(image);
  }

  refused(entry, error) {
    this.#open.set(entry.image, { image: entry.image, entry, error, theirs: [] });
  }

  conflict(entry, theirs) {
    this.#open.set(entry.image, { image: entry.image, entry, error: null, theirs });
  }

  /** Another tab has decided it. */
  forget(image) {
    this.#open.delete(image);
  }

  /**
   * Somebody else has changed the image meanwhile: look at what waits for it, not only at what was sent.
   * @returns {Promise<boolean>} whether the image has to be read anew
   */
  async stale(entry, { revision, changes }) {
    const waiting = await this.waiting(entry.image);
    // What was made on an older revision has more to be compared with than these: it is, once it is sent itself.
    const fits = this.#fitted(waiting.filter((each) => each.base >= entry.base), changes, revision);
    const [first] = fits;
    if (first?.entry.seq !== entry.seq) return false; // another tab has decided about it
    for (const each of fits) if (each !== first || each.kind !== "same") await this.#journal.put(each.made);
    if (first.kind === "conflict") this.conflict(first.made, first.made.theirs);
    if (first.kind === "same") await this.#journal.drop((each) => each.seq === entry.seq);
    return first.kind === "same";
  }

  /** @param {number} image @param {"mine"|"theirs"} choice @param {any} labels as the server has them now */
  async resolve(image, choice, labels) {
    const problem = this.#open.get(image);
    if (!problem) return;
    const waiting = await this.waiting(image);
    if (waiting.some((each) => each.seq === problem.entry.seq)) {
      if (choice === "mine") await this.#insist(problem, waiting, labels);
      else await this.#giveWay(problem, waiting, labels);
    }
    this.#open.delete(image);
  }

  async #insist({ entry, theirs }, waiting, labels) {
    const asked = this.#about(theirs, this.#shapeOf(waiting, theirs));
    for (const { entry: each, made } of this.#fitted(waiting, [], entry.base, { insist: true })) {
      // What was made after the question was asked is compared with everything when it is sent.
      if (!each.theirs || this.#unasked(each.change, each.theirs, asked, waiting)) continue;
      await this.#journal.put(made.seq === entry.seq ? { ...made, change: this.#over(made.change, labels, theirs) } : made);
    }
  }

  /** What was asked about goes, and of what was done later the parts that were done on it. The rest is kept. */
  async #giveWay({ entry, theirs }, waiting, labels) {
    const shapeOf = this.#shapeOf(waiting, [...theirs, { upsert: labels.annotations }]);
    const about = (change) => touched(change, this.#oneClass, shapeOf);
    const asked = this.#about(theirs, shapeOf);
    const gone = about(entry.change);
    for (const { kind, entry: each } of this.#fitted(waiting, theirs, entry.base)) {
      if (kind === "conflict") for (const thing of about(each.change)) if (asked.has(thing)) gone.add(thing);
      const left = each.seq === entry.seq ? null : apartFrom(each.change, gone, this.#oneClass, shapeOf);
      const unasked = left && each.theirs && this.#unasked(left, each.theirs, gone, waiting);
      if (left) await this.#journal.put({ ...each, theirs: unasked ? each.theirs : undefined, change: left });
      else await this.#journal.drop(({ seq }) => seq === each.seq);
    }
  }

  /** Whether a change meets something of theirs that the question was not about: that is another question. */
  #unasked(change, theirs, asked, waiting) {
    const shapeOf = this.#shapeOf(waiting, theirs);
    const others = this.#about(theirs, shapeOf);
    return [...touched(change, this.#oneClass, shapeOf)].some((thing) => others.has(thing) && !asked.has(thing));
  }

  #about(changes, shapeOf) {
    return new Set(changes.flatMap((each) => [...touched(each, this.#oneClass, shapeOf)]));
  }

  #fitted(waiting, changes, revision, { insist = false } = {}) {
    return fitted(waiting, changes, revision, { oneClass: this.#oneClass, shapeOf: this.#shapeOf(waiting, changes), insist });
  }

  /** Of annotations that a change names only by their id. */
  #shapeOf(waiting, changes) {
    const image = waiting[0]?.image;
    const known = [...changes, ...waiting.map((each) => ({ upsert: [...(each.change.upsert ?? []), ...(each.before ?? [])] }))];
    return (id) => this.#store.annotation(image, id)?.shape ?? shapeIn(known, id);
  }

  /** What waits and names one of these classes. @param {{id: number}[]} classes */
  async naming(classes) {
    const ids = new Set(classes.map((each) => each.id));
    return (await this.#journal.all()).filter((entry) => entry.change.upsert?.some((each) => ids.has(each.class)));
  }

  /**
   * Classes that went: one answer for everything that waits and names them.
   * @param {any[]} entries
   * @param {((change: any, labels: any) => any)|null} edit null: they are dropped
   * @returns {Promise<number[]>} the images
   */
  async settleAll(entries, edit) {
    const sequence = new Set(entries.map((each) => each.seq));
    if (!edit) await this.#journal.drop((each) => sequence.has(each.seq));
    else for (const each of entries) await this.#journal.put({ ...each, change: edit(each.change, await this.#labels(each.image)) });
    const images = [...new Set(entries.map((each) => each.image))];
    for (const image of images) this.#open.delete(image);
    return images;
  }

  async waiting(image) {
    return (await this.#journal.all()).filter((each) => each.image === image);
  }

  /** My change, made to fit onto labels that somebody else has changed meanwhile. */
  #over(change, labels, theirs) {
    if (!this.#oneClass || !theirs.length) return change;
    const mine = new Set((change.upsert ?? []).map((each) => each.id));
    const others = labels.annotations.filter((each) => each.shape === "tag" && !mine.has(each.id)).map((each) => each.id);
    return { ...change, delete: [...new Set([...(change.delete ?? []), ...others])] };
  }
}

function shapeIn(changes, id) {
  for (const change of changes) {
    const found = (change.upsert ?? []).find((each) => each.id === id);
    if (found) return found.shape;
  }
  return undefined;
}
