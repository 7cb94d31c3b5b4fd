/** @typedef {{kind: string, id: number, created_at: string, finished_at: string|null}} Job */

export const keyOf = ({ kind, id }) => `${kind}-${id}`;

/**
 * What goes on, and what has ended, last ended first. The beginning is read again and again; older pages, once read,
 * stay below it.
 */
export class WorkList {
  /** @type {any[]} */ ongoing = [];
  /** @type {any[]} */ ended = [];

  clear() {
    this.ongoing = [];
    this.ended = [];
  }

  /**
   * @param {Job[]} ongoing all that goes on @param {{results: Job[], next: string|null}} first page of what has ended
   * @returns {boolean} whether that page is all that is known of what has ended
   */
  look(ongoing, { results, next }) {
    const known = new Set(this.ended.map(keyOf));
    const there = new Set([...ongoing, ...results].map(keyOf));
    // Where nothing of what was known is in it, more has ended than fits on a page: below it there would be a gap.
    const older = next && results.some((job) => known.has(keyOf(job))) ? this.ended.filter((job) => !there.has(keyOf(job)) && timeOf(job) <= timeOf(/** @type {Job} */ (results.at(-1)))) : [];
    this.ongoing = ongoing;
    this.ended = [...results, ...older];
    return !older.length;
  }

  /** @param {Job[]} older */
  append(older) {
    const there = new Set([...this.ongoing, ...this.ended].map(keyOf));
    this.ended = [...this.ended, ...older.filter((job) => !there.has(keyOf(job)))];
  }

  /** It goes on again, or is no more. */
  drop(job) {
    this.ended = this.ended.filter((each) => keyOf(each) !== keyOf(job));
  }

  /** @param {string} key */
  find(key) {
    return [...this.ongoing, ...this.ended].find((job) => keyOf(job) === key);
  }
}

const timeOf = (job) => Date.parse(job.finished_at ?? job.created_at);
