import { Backoff } from "../store/backoff.js";
import { hasEnded } from "./run_store.js";

const NAMES = ["status", "epoch", "samples", "step", "usage", "log"];

/** Brings a run's events into its store until the run has ended, through any number of lost connections. */
export class RunStream {
  #url;
  #store;
  #onEnd;
  #source = null;
  #backoff = new Backoff();

  /** @param {string} url @param {import("./run_store.js").RunStore} store @param {() => void} onEnd */
  constructor(url, store, onEnd) {
    this.#url = url;
    this.#store = store;
    this.#onEnd = onEnd;
    addEventListener("online", () => this.#backoff.hurry());
    this.open();
  }

  /** From where the store has got to. */
  open() {
    this.#source?.close();
    const { lastId } = this.#store;
    const source = (this.#source = new EventSource(lastId ? `${this.#url}?last_event_id=${lastId}` : this.#url));
    source.onopen = () => {
      this.#backoff.reset();
      this.#store.connect("live");
    };
    source.onerror = () => this.#lost(source);
    for (const name of NAMES) {
      source.addEventListener(name, (/** @type {MessageEvent} */ event) => {
        const data = JSON.parse(event.data);
        this.#store.receive(name, data, event.lastEventId);
        if (name === "status" && hasEnded(data)) this.#end(source); // an ending is sent once, at last
      });
    }
  }

  #end(source) {
    source.close();
    this.#store.connect("closed");
    this.#onEnd();
  }

  /** The browser's own reconnecting gives up on any answer that is no stream, such as a proxy's error page. */
  async #lost(source) {
    source.close();
    this.#store.connect("lost");
    await this.#backoff.wait();
    if (source === this.#source) this.open();
  }
}
