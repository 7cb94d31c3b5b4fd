import { UNLABELLED } from "../lib/image_choices.js";

const BEFORE = 30;
const AFTER = 60;
const NEAR = 12;
const PAUSE_MS = 5_000; // after a failure, before it is tried again unasked
const KEPT = 300; // images on each side of the current one; a queue of a hundred thousand takes no more memory

/** The part of the labelling queue around the current image; it grows at both ends as one comes near them. */
export class QueueWindow {
  #api;
  #address;
  #query;
  #observers = new Set();
  #growing = { before: null, after: null };
  #ended = { before: false, after: false };
  #paused = 0; // until when

  items = [];
  start = 0;
  total = 0;
  index = -1;

  /** @param {{get: Function}} api @param {number} project @param {URLSearchParams} query order, seed and filters */
  constructor(api, project, query) {
    this.#api = api;
    this.#address = `/api/projects/${project}/queue/`;
    this.#query = query;
  }

  /** Told when it has grown by itself. @param {() => void} observer */
  observe(observer) {
    this.#observers.add(observer);
  }

  get current() {
    return this.items[this.index];
  }

  /** From 1, as people count. */
  get position() {
    return this.start + this.index + 1;
  }

  item(image) {
    return this.items.find((each) => each.id === image);
  }

  /** @param {number|null} image the first one when null @param {string} [address] that the browser has asked already: of that image with BEFORE and AFTER */
  async open(image, address) {
    const answer = await (address ? this.#api.get(address) : this.#get({ ...(image ? { image } : {}), before: BEFORE, after: AFTER }));
    this.items = answer.results;
    this.start = answer.position;
    this.total = answer.total;
    this.index = Math.max(0, this.items.findIndex((each) => each.id === image));
    this.#ended = { before: this.start === 0, after: this.items.length - this.index <= AFTER };
    if (!this.items.length) this.index = -1;
  }

  /** Go to one of the known images. */
  go(index) {
    if (index < 0 || index >= this.items.length) return false;
    this.index = index;
    this.#forgetFar();
    if (this.index < NEAR) this.growAhead("before");
    if (this.index >= this.items.length - NEAR) this.growAhead("after");
    return true;
  }

  /** @returns {Promise<boolean>} false at the end */
  async step(by) {
    const side = by < 0 ? "before" : "after";
    if (!this.items[this.index + by]) await this.grow(side);
    return this.go(this.index + by);
  }

  /** The first image that nobody has labelled yet, whatever the filters; of the assignment or round whose queue it is. */
  async firstUnlabelled() {
    const where = ["assignment", "round"].filter((name) => this.#query.has(name)).map((name) => `&${name}=${encodeURIComponent(this.#query.get(name) ?? "")}`).join("");
    const answer = await this.#api.get(`${this.#address}?${UNLABELLED.map((each) => `status=${each}`).join("&")}${where}&after=0&order=${this.#query.get("order") ?? "name"}`);
    return { image: answer.results[0]?.id ?? null, left: answer.total };
  }

  grow(side) {
    if (this.#ended[side] || !this.items.length) return null;
    this.#growing[side] ??= this.#fetch(side).finally(() => (this.#growing[side] = null));
    return this.#growing[side];
  }

  /** For what will be wanted: nobody waits for it. @param {"before"|"after"} side */
  growAhead(side) {
    if (Date.now() < this.#paused) return;
    this.grow(side)?.catch(() => (this.#paused = Date.now() + PAUSE_MS));
  }

  async #fetch(side) {
    const before = side === "before";
    const edge = before ? this.items[0] : this.items.at(-1);
    const answer = await this.#get({ image: edge.id, before: before ? AFTER : 0, after: before ? 0 : AFTER });
    const known = new Set(this.items.map((each) => each.id));
    const fresh = answer.results.filter((each) => !known.has(each.id));
    this.#ended[side] = fresh.length < AFTER;
    if (before) {
      this.items = [...fresh, ...this.items];
      this.index += fresh.length;
      this.start = Math.max(0, this.start - fresh.length);
    } else this.items = [...this.items, ...fresh];
    for (const observer of this.#observers) observer();
  }

  #forgetFar() {
    const cut = Math.max(0, this.index - KEPT);
    const end = this.index + KEPT + 1;
    if (cut) this.#ended.before = false;
    if (end < this.items.length) this.#ended.after = false;
    if (!cut && end >= this.items.length) return;
    this.items = this.items.slice(cut, end);
    this.start += cut;
    this.index -= cut;
  }

  #get(window) {
    const query = new URLSearchParams(this.#query);
    for (const [name, value] of Object.entries(window)) query.set(name, String(value));
    return this.#api.get(`${this.#address}?${query}`);
  }
}
