/** The threads of comments on the image at hand, as the server has them. Knows no DOM. */
export class Threads {
  #api;
  #observers = new Set();
  image = /** @type {number|null} */ (null);
  list = /** @type {any[]} */ ([]);
  state = /** @type {"loading"|"here"|"failed"} */ ("loading");

  /** @param {{get: Function, post: Function, put: Function, patch: Function, delete: Function}} api */
  constructor(api) {
    this.#api = api;
  }

  /** @param {() => void} observer told whenever something is another */
  observe(observer) {
    this.#observers.add(observer);
  }

  get open() {
    return this.list.filter((each) => !each.resolved_at);
  }

  /** Another image is at hand: what was there is of the one before. */
  leave(image) {
    this.image = image;
    this.list = [];
    this.state = "loading";
    this.#tell();
  }

  async load() {
    const { image } = this;
    if (image === null) return;
    const { results } = await this.#api.get(`/api/images/${image}/comments/`).catch(() => ({ results: null }));
    if (this.image !== image) return;
    if (results) this.list = results;
    // What is known stays where it could not be asked for again.
    this.state = results || this.state === "here" ? "here" : "failed";
    this.#tell();
  }

  /** @param {number} image @param {{text: string, place?: number[]|null, annotation?: string|null, thread?: number|null}} comment */
  async say(image, comment) {
    this.#take(image, await this.#api.post(`/api/images/${image}/comments/`, comment));
  }

  async edit(id, text) {
    const { image } = this;
    this.#take(image, await this.#api.patch(`/api/comments/${id}/`, { text }));
  }

  async settle(id, resolved) {
    const { image } = this;
    const place = `/api/comments/${id}/resolution/`;
    this.#take(image, resolved ? await this.#api.put(place) : await this.#api.delete(place));
  }

  /** A thread with its answers, or one answer. */
  async remove(id) {
    const { image } = this;
    await this.#api.delete(`/api/comments/${id}/`);
    if (this.image !== image) return;
    const without = (comments) => comments.filter((each) => each.id !== id);
    this.list = without(this.list).map((each) => ({ ...each, answers: without(each.answers) }));
    this.#tell();
  }

  #take(image, thread) {
    if (this.image !== image) return;
    this.list = [...this.list.filter((each) => each.id !== thread.id), thread].sort((one, other) => one.number - other.number);
    this.#tell();
  }

  #tell() {
    for (const observer of this.#observers) observer();
  }
}

/** Where a thread's pin is, in pixels of the image: with its shape where that has moved away. @param {any} thread @param {number[]|undefined} bounds of its shape, where that is there */
export function pinned({ place }, bounds) {
  if (!bounds) return place;
  const [left, top, right, bottom] = bounds;
  const [x, y] = place ?? [right, top];
  return [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];
}
