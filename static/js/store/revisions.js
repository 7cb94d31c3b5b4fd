/** The newest revision of each image of which is known. */
export class Revisions {
  #known = new Map();

  /** 0 where nothing is known. */
  of(image) {
    return this.#known.get(image) ?? 0;
  }

  set(image, revision) {
    this.#known.set(image, revision);
  }

  /** What was sent before is answered as it was then. @returns {boolean} whether a newer one is known */
  learn(image, revision) {
    const older = this.of(image) > revision;
    if (!older) this.set(image, revision);
    return older;
  }

  forget(image) {
    this.#known.delete(image);
  }
}
