import { distinct } from "./source.js";

/** Files that are chosen and not sent yet, and the handles that lead to all of them. */
export class StagedFiles {
  /** @type {import("./source.js").Source[]} */
  sources = [];
  /** @type {any[]} */
  handles = [];

  /**
   * Two files of one name from two folders are two files; the same one again is not.
   * @returns {number} how many were left out because they are here already
   */
  choose(sources, handles) {
    const fresh = distinct(sources, this.sources);
    if (fresh.length) {
      // Handles count only when they lead to all that was chosen.
      const leadToAll = handles.length > 0 && (this.handles.length > 0 || !this.sources.length);
      this.handles = leadToAll ? [...this.handles, ...handles] : [];
      this.sources = [...this.sources, ...fresh];
    }
    return sources.length - fresh.length;
  }

  /** What is here, which is then here no more. */
  take() {
    const { sources, handles } = this;
    this.sources = [];
    this.handles = [];
    return { sources, handles };
  }

  /** What was taken comes before what was chosen since. */
  putBack(taken) {
    const since = this.take();
    this.choose(taken.sources, taken.handles);
    this.choose(since.sources, since.handles);
  }
}
