/** The newest revision of each image of which is known, and the one that what is shown of it stands on. */
export class Revisions {
  #known = new Map();
  #shown = new Map();

  /** 0 where nothing is known. */
  of(image) {
    return this.#known.get(image) ?? 0;
  }

  /**
   * What a change that is made now is made on: everything up to here has been seen. What is known may be newer, and so
   * may other parts of what is shown.
   */
  shown(image) {
    return this.#shown.get(image) ?? 0;
  }

  set(image, revision) {
    this.#known.set(image, revision);
  }

  /** Labels of this revision are shown, with what waits on top of them. @param {{base: number}[]} [waiting] */
  show(image, revision, waiting = []) {
    this.#shown.set(image, Math.min(revision, ...waiting.map((each) => each.base)));
  }

  /** An own change was saved: nothing else has come since its base. */
  saved({ image, base }, revision) {
    if (this.shown(image) === base) this.#shown.set(image, revision);
  }

  /** What was sent before is answered as it was then. @returns {boolean} whether a newer one is known */
  learn(image, revision) {
    const older = this.of(image) > revision;
    if (!older) this.set(image, revision);
    return older;
  }

  forget(image) {
    this.#known.delete(image);
    this.#shown.delete(image);
  }
}
