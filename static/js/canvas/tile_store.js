import { nameOf } from "./tile_grid.js";

const MOST = 220; // tiles that are kept: each takes a megabyte
const AT_ONCE = 6;
const AGAIN_MS = 3000; // until a tile that could not be had is asked for again

/** Fetches tiles, those that are wanted first, and keeps as many as memory allows, those that were looked at last. */
export class TileStore {
  #fetch;
  #tiles = new Map(); // name -> picture; the one that was looked at last is at the end
  #wanted = /** @type {any[]} */ ([]);
  #coming = new Map(); // name -> what breaks it off
  #failed = new Map(); // name -> when it may be asked for again
  #onTile;

  /**
   * @param {(tile: any, signal: AbortSignal) => Promise<any>} fetch @param {() => void} onTile one has come
   */
  constructor(fetch, onTile) {
    this.#fetch = fetch;
    this.#onTile = onTile;
  }

  get size() {
    return this.#tiles.size;
  }

  get(tile) {
    const name = nameOf(tile);
    const found = this.#tiles.get(name);
    if (found) {
      this.#tiles.delete(name);
      this.#tiles.set(name, found);
    }
    return found;
  }

  /** These and no others, in this order; what is on its way and not wanted any more is broken off. @param {any[]} tiles */
  want(tiles) {
    const names = new Set(tiles.map(nameOf));
    for (const [name, controller] of this.#coming) {
      if (names.has(name)) continue;
      controller.abort();
      this.#coming.delete(name);
    }
    this.#wanted = tiles.filter((each) => !this.#tiles.has(nameOf(each)));
    this.#next();
  }

  clear() {
    this.want([]);
    for (const picture of this.#tiles.values()) picture.close?.();
    this.#tiles.clear();
    this.#failed.clear();
  }

  #next() {
    const now = Date.now();
    for (const tile of this.#wanted) {
      if (this.#coming.size >= AT_ONCE) return;
      const name = nameOf(tile);
      if (!this.#coming.has(name) && !this.#tiles.has(name) && (this.#failed.get(name) ?? 0) <= now) this.#bring(tile, name);
    }
  }

  async #bring(tile, name) {
    const controller = new AbortController();
    this.#coming.set(name, controller);
    try {
      const picture = await this.#fetch(tile, controller.signal);
      if (this.#coming.get(name) !== controller) return void picture.close?.();
      this.#keep(name, picture);
    } catch {
      if (this.#coming.get(name) !== controller) return;
      this.#failed.set(name, Date.now() + AGAIN_MS);
      setTimeout(() => this.#next(), AGAIN_MS);
    }
    this.#coming.delete(name);
    this.#next();
  }

  #keep(name, picture) {
    this.#tiles.set(name, picture);
    this.#failed.delete(name);
    while (this.#tiles.size > MOST) {
      const [oldest, old] = this.#tiles.entries().next().value;
      this.#tiles.delete(oldest);
      old.close?.();
    }
    this.#onTile();
  }
}
