import { api } from "../api/client.js";

const LOOK_MS = 2000;

/** What was measured on the workers, and what is being; looked up again while somebody watches and work goes on. */
export class WorkerSpeeds extends EventTarget {
  #project;
  #results = [];
  #nodes = [];
  #timer;
  #watched = false;

  /** @param {string} project its id, from which measuring is asked for */
  constructor(project) {
    super();
    this.#project = project;
  }

  /** The node whose speeds are shown: the first on which a worker that trains lives, else one that once was measured. */
  get node() {
    return this.#nodes[0] ?? "";
  }

  /** Its measurements; of whichever node there are some while no worker lives. */
  get known() {
    const node = this.node || this.#results[0]?.node;
    return this.#results.filter((each) => each.node === node);
  }

  get device() {
    return this.known.find((each) => each.device)?.device ?? "";
  }

  /** How many are waiting for their turn or are being measured. */
  get unfinished() {
    return this.known.filter((each) => each.status === "waiting" || each.status === "measuring").length;
  }

  watch() {
    this.#watched = true;
    this.#look();
  }

  unwatch() {
    this.#watched = false;
    clearTimeout(this.#timer);
  }

  /** @param {string} task all models that know it */
  measure(task) {
    return this.#do(() => api.post(`/api/projects/${this.#project}/measurements/`, { task, nodes: [this.node] }));
  }

  stop() {
    return this.#do(() => api.delete(`/api/projects/${this.#project}/measurements/`));
  }

  async #do(call) {
    try {
      await call();
    } catch (error) {
      this.dispatchEvent(new CustomEvent("trouble", { detail: error.message }));
    }
    await this.#look();
  }

  async #look() {
    clearTimeout(this.#timer);
    try {
      ({ results: this.#results, nodes: this.#nodes } = await api.get("/api/measurements/"));
      this.dispatchEvent(new Event("change"));
    } catch (error) {
      this.dispatchEvent(new CustomEvent("trouble", { detail: error.message }));
    }
    if (this.#watched) this.#timer = setTimeout(() => this.#look(), this.unfinished ? LOOK_MS : 5 * LOOK_MS);
  }
}
