import { hold } from "../widgets/hold.js";
import { toast } from "../widgets/toast.js";
import { moved } from "./moved_classes.js";
import { askAbout } from "./problem_dialog.js";

/** Asks about what cannot be saved without a person, one thing at a time, and does what is answered. */
export class Decisions {
  #sync;
  #classes;
  #nameOf;
  #problem = null;
  #asking = false;
  #asked = /** @type {AbortController|null} */ (null); // while the question is shown
  #askAbout;
  #hold;

  /**
   * @param {import("../store/sync.js").Sync} sync
   * @param {import("./classes.js").Classes} classes
   * @param {(image: number) => string} nameOf
   */
  constructor(sync, classes, nameOf, ask = askAbout, holding = hold) {
    this.#askAbout = ask;
    this.#hold = holding;
    this.#sync = sync;
    this.#classes = classes;
    this.#nameOf = nameOf;
    sync.observe(({ problem }) => {
      if (problem && problem !== this.#problem) queueMicrotask(() => this.ask());
      if (problem !== this.#problem) this.#asked?.abort();
      this.#problem = problem;
    });
  }

  /** Goes on to the next one by itself; ends where nothing is answered. */
  async ask() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#problem && (await this.#decide(this.#problem)));
    } catch (error) {
      toast(error.message, { kind: "error" });
    } finally {
      this.#asking = false;
    }
  }

  /** @returns {Promise<boolean>} whether it was decided */
  async #decide(problem) {
    const gone = problem.error?.body?.classes_gone;
    if (gone) await this.#classes.read(gone.map((each) => each.id));
    const count = gone && (await this.#sync.naming(gone));
    const mine = await this.#sync.waiting(problem.image);
    if (problem !== this.#problem) return true;
    const asked = (this.#asked = new AbortController());
    const choice = await this.#askAbout(problem, mine, this.#classes.byId, this.#nameOf(problem.image), count, asked.signal);
    this.#asked = null;
    if (asked.signal.aborted) return true; // another tab has answered
    if (!choice) return false;
    // What is changed before the answer is seen would be made on what it gives up.
    const settled = this.#hold(gettext("Doing what you have chosen…"));
    try {
      if (gone) await this.#sync.resolveGone(gone, choice === "instead" ? (change, labels) => moved(change, labels, gone) : null, settled);
      else await this.#sync.resolve(problem.image, choice === "mine" ? "mine" : "theirs", settled);
    } finally {
      settled();
    }
    return true;
  }
}
