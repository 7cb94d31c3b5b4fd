import { api } from "../api/client.js";
import { jobsChanged } from "../jobs/changed.js";
import { isUnfinished } from "../jobs/unfinished.js";

const PERIOD_MS = 1000;

/**
 * One trial of a spec before its run, from its start to its end. Tells with "change" where it stands.
 *
 * What a panel needs of the form around it:
 * @typedef {{url: string, body: () => {version: number, spec: any}, sound: () => boolean, refused: (error: any) => void}} Around
 */
export class Trial extends EventTarget {
  #around;
  #kind;
  #timer;

  /** The row as the API gives it; null before the first. */
  row = null;

  /** @param {"check"|"rate"} kind @param {Around} around */
  constructor(kind, around) {
    super();
    this.#kind = kind;
    this.#around = around;
  }

  get goesOn() {
    return Boolean(this.row && isUnfinished(this.row));
  }

  /** Starts a new one with what the form says now; what is wrong with it is told there. */
  async start() {
    if (!this.#around.sound()) return;
    try {
      this.#take(await api.post(this.#around.url, { kind: this.#kind, ...this.#around.body() }));
      jobsChanged();
    } catch (error) {
      this.#around.refused(error);
    }
  }

  async cancel() {
    try {
      this.#take(await api.post(`/api/trials/${this.row.id}/cancel/`));
    } catch {
      this.#look(); // it had ended already
    }
  }

  async #look() {
    try {
      this.#take(await api.get(`/api/trials/${this.row.id}/`));
    } catch (error) {
      if (error.passing) this.#wait();
      else this.#around.refused(error);
    }
  }

  #take(row) {
    this.row = row;
    this.dispatchEvent(new CustomEvent("change", { detail: row }));
    if (isUnfinished(row)) this.#wait();
    else if (row.status === "failed") this.#around.refused({ message: row.error, fields: row.problem.fields ?? {} });
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PERIOD_MS);
  }
}
