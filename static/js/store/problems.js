import { apartFrom, touched } from "./change.js";
import { beside, withEdits } from "./edits.js";
import { bothEdited, rebase } from "./rebase.js";

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

  /**
   * Somebody else has changed the image meanwhile: look at everything that waits for it, not only at what was sent.
   * @returns {Promise<boolean>} whether the image has to be read anew
   */
  async stale(entry, { revision, changes }) {
    const [first, ...later] = await this.waiting(entry.image);
    const bases = basesOf([first, ...later]);
    const shapeOf = (id) => this.#store.annotation(entry.image, id)?.shape ?? shapeIn(changes, id) ?? shapeIn([entry.change], id);
    const fit = (each) => rebase(each.change, changes, this.#oneClass, shapeOf, bases);
    const result = fit(first);
    if (result.kind === "conflict") {
      this.conflict(first, changes);
      return false;
    }
    for (const each of later) {
      const its = fit(each);
      await this.#journal.put(its.kind === "rebased" ? { ...each, change: its.change } : { ...each, theirs: changes });
    }
    if (result.kind === "same") {
      await this.#journal.settle(first, revision);
      return true;
    }
    await this.#journal.put({ ...first, base: revision, change: result.change });
    await this.#show(entry.image, changes);
    return false;
  }

  /** @param {number} image @param {"mine"|"theirs"} choice @param {any} labels as the server has them now */
  async resolve(image, choice, labels) {
    const problem = this.#open.get(image);
    if (!problem) return;
    if (choice === "mine") await this.#insist(problem, labels);
    else await this.#giveWay(problem, labels);
    this.#open.delete(image);
  }

  async #insist({ image, entry, theirs }, labels) {
    const waiting = await this.waiting(image);
    const bases = basesOf(waiting);
    for (const each of waiting) {
      const change = kept(each.change, theirs, bases);
      await this.#journal.put({ ...each, theirs: undefined, base: labels.revision, change: each.seq === entry.seq ? this.#over(change, labels, theirs) : change });
    }
  }

  /** What was asked about goes, and of what was done later the parts that were done on it. The rest is kept. */
  async #giveWay({ image, entry, theirs }, labels) {
    const waiting = await this.waiting(image);
    const bases = basesOf(waiting);
    const shapeOf = (id) => shapeIn([...waiting.map((each) => each.change), ...theirs, { upsert: [...bases.values(), ...labels.annotations] }], id);
    const about = (change) => touched(change, this.#oneClass, shapeOf);
    const others = new Set(theirs.flatMap((each) => [...about(each)]));
    const gone = about(entry.change);
    for (const each of waiting) {
      const clashes = rebase(each.change, theirs, this.#oneClass, shapeOf, bases).kind === "conflict";
      if (clashes) for (const thing of about(each.change)) if (others.has(thing)) gone.add(thing);
      const left = each.seq === entry.seq ? null : apartFrom(each.change, gone, this.#oneClass, shapeOf);
      if (left) await this.#journal.put({ ...each, change: left });
      else await this.#journal.drop(({ seq }) => seq === each.seq);
    }
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

  /** Theirs, and mine on top of it. */
  async #show(image, changes) {
    if (!this.#store.has(image)) return;
    for (const { upsert, delete: gone } of changes) this.#store.change(image, { upsert, delete: gone }, "remote");
    for (const each of await this.waiting(image)) this.#store.change(image, each.change, "remote");
  }

  /** My change, made to fit onto labels that somebody else has changed meanwhile. */
  #over(change, labels, theirs) {
    if (!this.#oneClass || !theirs.length) return change;
    const mine = new Set((change.upsert ?? []).map((each) => each.id));
    const others = labels.annotations.filter((each) => each.shape === "tag" && !mine.has(each.id)).map((each) => each.id);
    return { ...change, delete: [...new Set([...(change.delete ?? []), ...others])] };
  }
}

/** What I changed as I want it, and the rest of the same annotations as they have it. */
function kept(change, theirs, bases) {
  const edits = bothEdited(change, theirs, bases);
  if (!edits.size) return change;
  return { ...change, upsert: change.upsert.map((each) => (edits.has(each.id) ? withEdits(each, beside(edits.get(each.id).mine, edits.get(each.id).theirs)) : each)) };
}

/** Annotations as they were before all that waits. */
function basesOf(entries) {
  const bases = new Map();
  for (const { before = [] } of entries) for (const each of before) if (!bases.has(each.id)) bases.set(each.id, each);
  return bases;
}

function shapeIn(changes, id) {
  for (const change of changes) {
    const found = (change.upsert ?? []).find((each) => each.id === id);
    if (found) return found.shape;
  }
  return undefined;
}
