const NEXT = 4;
const PREVIOUS = 2;

/** Pictures and labels of the images around the current one, read and decoded before anybody asks for them. */
export class Ahead {
  #pictures = new Map();
  #labels = new Map();
  #left = new Set(); // images that are far, with labels that are still in memory
  #current = null;
  #sync;
  #drawn;

  /** @param {import("../store/sync.js").Sync} sync @param {() => Promise<void>} drawn when the shapes of the current one are seen */
  constructor(sync, drawn) {
    this.#sync = sync;
    this.#drawn = drawn;
  }

  /** @param {any[]} items of the queue @param {number} index of the current one */
  around(items, index) {
    const wanted = items.slice(Math.max(0, index - PREVIOUS), index + NEXT + 1);
    const ids = new Set(wanted.map((each) => each.id));
    for (const id of this.#pictures.keys()) if (!ids.has(id)) this.#pictures.delete(id);
    for (const id of this.#labels.keys()) {
      if (ids.has(id)) continue;
      this.#labels.delete(id);
      this.#left.add(id);
    }
    const [current, ...others] = wanted.toSorted((a, b) => rank(items, a, items[index]) - rank(items, b, items[index]));
    this.#current = current;
    const here = Promise.allSettled([this.picture(current), this.labels(current.id)]);
    // Nobody waits for the others yet: they must not take time from the one that is looked at.
    here.then(this.#drawn).then(() => this.#current === current && this.#fetch(others));
    return this.#letGo();
  }

  /** The next one is wanted first; what is behind comes last. */
  #fetch(items) {
    for (const item of items) {
      this.picture(item).catch(() => {});
      this.labels(item.id).catch(() => {});
    }
  }

  /** What waits to be saved stays until it is; what is wanted again meanwhile, too. */
  async #letGo() {
    const unsaved = await this.#sync.unsaved();
    for (const id of this.#left) {
      if (unsaved.has(id)) continue;
      this.#left.delete(id);
      if (!this.#labels.has(id)) this.#sync.forget(id);
    }
  }

  /** @returns {Promise<HTMLImageElement>} decoded */
  picture(item) {
    return this.#kept(this.#pictures, item.id, async () => {
      const picture = new Image();
      picture.alt = "";
      picture.draggable = false;
      picture.src = item.display;
      await picture.decode();
      return picture;
    });
  }

  /** Read again what was read ahead: it may be out of date. */
  renewLabels(items, index) {
    this.#labels.clear();
    this.around(items, index);
  }

  labels(id) {
    return this.#kept(this.#labels, id, () => this.#sync.load(id));
  }

  /** What failed is tried again the next time. */
  #kept(map, id, make) {
    if (!map.has(id)) {
      const promise = make();
      map.set(id, promise);
      promise.catch(() => map.get(id) === promise && map.delete(id));
    }
    return map.get(id);
  }
}

function rank(items, item, current) {
  const distance = items.indexOf(item) - items.indexOf(current);
  return distance < 0 ? NEXT - distance : distance;
}
