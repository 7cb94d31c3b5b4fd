import { stableJson } from "../lib/stable_json.js";

const PERIOD_MS = 15_000;

/** The classes of the project as this page knows them; somebody else may change them at any time. */
export class Classes {
  #api;
  #address;
  #observers = new Set();
  #timer;
  byId = new Map();

  /** @param {{get: Function}} api @param {number} project @param {any[]} classes that came with the page */
  constructor(api, project, classes) {
    this.#api = api;
    this.#address = `/api/projects/${project}/classes/`;
    this.byId = byId(classes);
  }

  get all() {
    return [...this.byId.values()];
  }

  /** Those that a shape can have; "tag" is the image as a whole, null is any shape. */
  of(shape) {
    return this.all.filter((each) => !each.shapes?.length || (shape ? each.shapes.includes(shape) : each.shapes.some((name) => name !== "tag")));
  }

  /** @param {(classes: Classes) => void} observer told at once, and whenever one is another */
  observe(observer) {
    this.#observers.add(observer);
    observer(this);
  }

  add(made) {
    this.#take([...this.all, made]);
  }

  /** Somebody may have renamed, merged or deleted some. @param {number[]} [going] are about to go, though still there */
  async read(going = []) {
    clearTimeout(this.#timer);
    try {
      const { results } = await this.#api.get(this.#address);
      this.#take(results.filter((each) => !going.includes(each.id)));
    } catch {
      // The next time will do: what is shown stays usable.
    }
    this.#soon();
  }

  /** Ask again from time to time while somebody looks at the page. */
  keepRead() {
    document.addEventListener("visibilitychange", () => document.hidden || this.read());
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = setTimeout(() => this.read(), PERIOD_MS);
  }

  #take(classes) {
    if (stableJson(classes.map(shown)) === stableJson(this.all.map(shown))) return;
    this.byId = byId(classes);
    for (const observer of this.#observers) observer(this);
  }
}

const byId = (classes) => new Map(classes.map((each) => [each.id, each]));
const shown = ({ id, name, color, key, shapes, attributes, skeleton }) => ({ id, name, color, key, shapes, attributes, skeleton });
