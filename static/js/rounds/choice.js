/**
 * What a reviewer takes of everything that people have labelled on one image. Knows no DOM.
 * A row is `{id, class, shape, geometry, owner}`; `owner` is a person's id, or `IMAGE` for what is on the image now.
 */
export const IMAGE = 0;

export class Choice {
  /** @param {any[]} rows @param {string[]} proposal ids that most people agree on @param {boolean} oneClass an image has one tag */
  constructor(rows, proposal, oneClass) {
    this.rows = rows;
    this.oneClass = oneClass;
    this.proposal = proposal.filter((id) => rows.some((row) => row.id === id));
    this.taken = new Set(this.proposal);
  }

  of(owner) {
    return this.rows.filter((row) => row.owner === owner);
  }

  has(id) {
    return this.taken.has(id);
  }

  toggle(id) {
    if (this.taken.has(id)) this.taken.delete(id);
    else this.#take(this.rows.find((row) => row.id === id));
  }

  /** All of somebody's labels, or none of them where all are taken. */
  toggleAll(owner) {
    const own = this.of(owner);
    const all = own.length > 0 && own.every((row) => this.taken.has(row.id));
    for (const row of own) {
      if (all) this.taken.delete(row.id);
      else this.#take(row);
    }
  }

  /** Only somebody's labels. */
  only(owner) {
    this.taken.clear();
    for (const row of this.of(owner)) this.#take(row);
  }

  majority() {
    this.taken = new Set(this.proposal);
  }

  none() {
    this.taken.clear();
  }

  /** @returns {"all"|"some"|"none"} */
  share(owner) {
    const own = this.of(owner);
    const count = own.filter((row) => this.taken.has(row.id)).length;
    return count === 0 ? "none" : count === own.length ? "all" : "some";
  }

  /** The same tag twice makes no sense: the one that was taken last stands for both. */
  #take(row) {
    if (row.shape === "tag") {
      for (const each of this.rows) if (each.shape === "tag" && (this.oneClass || each.class === row.class)) this.taken.delete(each.id);
    }
    this.taken.add(row.id);
  }
}

/** One list of what the API tells of an image of a round. @param {any} image */
export function rowsOf({ annotations, parts }) {
  return [
    ...parts.flatMap(({ person, annotations: rows }) => rows.map((row) => ({ ...row, owner: person.id }))),
    ...annotations.map((row) => ({ ...row, owner: IMAGE })),
  ];
}
