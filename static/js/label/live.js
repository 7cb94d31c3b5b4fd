import { fill, h } from "../lib/dom.js";
import { initials } from "../lib/initials.js";
import { uuid } from "../store/uuid.js";
import { Presence } from "./presence.js";

const AGAIN_MS = 5_000; // after the server has refused
const PATIENCE_MS = 400; // for the answer to what this page itself has saved
const GOLDEN_ANGLE = 137.508;

/** What others do meanwhile: who is at the same image, and what they save. */
export class Live {
  #address;
  #people;
  #sync;
  #image;
  #onStatus;
  #presence;
  #source = /** @type {EventSource|null} */ (null);
  #timer;
  #last = "";

  /**
   * @param {HTMLElement} people where they are shown
   * @param {{project: number, user: number, api: any, sync: import("../store/sync.js").Sync, image: () => number|null, onStatus: (image: number, status: string) => void}} parts
   *   `image`: the one at hand; `onStatus`: of an image that is not in memory
   */
  constructor(people, { project, user, api, sync, image, onStatus }) {
    this.#address = `/api/projects/${project}/labelling/events/`;
    this.#people = people;
    this.#sync = sync;
    this.#image = image;
    this.#onStatus = onStatus;
    this.#presence = new Presence({ user, tab: uuid(), api });
    this.#presence.observe(() => this.#draw());
    // A page that nobody sees holds no connection: browsers have few of them for one server.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#rest() : this.#open()));
    addEventListener("pagehide", () => this.#presence.show(null));
    if (!document.hidden) this.#open();
  }

  /** Another image is at hand. */
  show() {
    if (!document.hidden) this.#presence.show(this.#image());
    this.#draw();
  }

  #open() {
    this.#presence.show(this.#image());
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = (this.#source = new EventSource(this.#last ? `${this.#address}?last_event_id=${this.#last}` : this.#address));
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.#open(), AGAIN_MS);
    };
    const on = (name, take) => source.addEventListener(name, (/** @type {MessageEvent} */ event) => {
      this.#last = event.lastEventId;
      take(JSON.parse(event.data));
    });
    on("here", (who) => this.#presence.heard(who));
    on("gone", (who) => this.#presence.left(who));
    on("saved", ({ images }) => setTimeout(() => this.#saved(images), PATIENCE_MS));
  }

  #rest() {
    this.#presence.show(null);
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #saved(images) {
    for (const [image, revision, status] of images) {
      if (this.#sync.has(image)) this.#sync.heardOf(image, revision);
      else this.#onStatus(image, status);
    }
  }

  #draw() {
    fill(this.#people, this.#presence.at(this.#image()).map(({ user, name }) => {
      const text = interpolate(gettext("%s is at this image too"), [name]);
      return h("li", { class: "avatar label-person", title: text, "aria-label": text, role: "img", style: { "--hue": String((user * GOLDEN_ANGLE) % 360) } }, initials(name));
    }));
  }
}
