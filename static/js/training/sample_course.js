/**
 * How answers about a few images have got better and worse over the epochs.
 *
 * @typedef {{epoch: number, agreements: number[]}} Mark how far answers agreed with labels, 0 to 1, image by image
 */
const SEEN = 0.02; // less of a change is none

export class SampleCourse {
  /** @type {Mark[]} */
  #marks = [];

  /** @param {Mark[]} marks epochs in their order */
  set marks(marks) {
    this.#marks = marks;
  }

  get length() {
    return this.#marks.length;
  }

  /** @param {number} at place in the course @returns {number} epoch */
  epochAt(at) {
    return this.#marks[at].epoch;
  }

  /** @returns {number} the place of an epoch; of one that is no longer kept, that of the next */
  placeOf(epoch) {
    const at = this.#marks.findIndex((each) => each.epoch >= epoch);
    return at < 0 ? this.#marks.length - 1 : at;
  }

  /** One image's agreements, epoch after epoch. @param {number} image @returns {number[]} */
  of(image) {
    return this.#marks.map((each) => each.agreements[image]);
  }

  /** How much better one image's answer is than at the place before. @param {number} image @param {number} at */
  change(image, at) {
    if (!at) return 0;
    const change = this.#marks[at].agreements[image] - this.#marks[at - 1].agreements[image];
    return Math.abs(change) < SEEN ? 0 : change;
  }

  /** How many images are better and worse than at the place before. @param {number} at */
  changes(at) {
    const all = (this.#marks[at]?.agreements ?? []).map((_each, image) => this.change(image, at));
    return { better: all.filter((each) => each > 0).length, worse: all.filter((each) => each < 0).length };
  }
}
