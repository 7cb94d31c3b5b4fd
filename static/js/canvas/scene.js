import { kindOf } from "./kinds/index.js";

/**
 * The shapes of one image in their order, by `z` and then as they came, the last on top; finds those of a place. Knows no DOM: it serves the page and
 * the worker alike.
 *
 * Their bounds lie in one array: to look through fifty thousand takes a tenth of a millisecond, less than to keep a
 * tree of them up to date.
 *
 * @typedef {{id: string, shape: string, geometry: any, color: string, dashed?: boolean, z?: number, occluded?: boolean, group?: number|null, locked?: boolean}} Drawn
 */
export class Scene {
  #shapes = new Map();
  #entries = /** @type {any[]|null} */ (null);
  #bounds = new Float32Array(0);

  get size() {
    return this.#shapes.size;
  }

  get(id) {
    return this.#shapes.get(id);
  }

  /** Add shapes, or change them in their place. @param {Drawn[]} shapes @returns {number[][]} bounds that look different now */
  set(shapes) {
    const touched = [];
    for (const each of shapes) {
      const before = this.#shapes.get(each.id);
      const kind = kindOf(each.shape);
      const entry = { z: 0, ...each, kind, bounds: kind.bounds(each.geometry) };
      if (before) touched.push(before.bounds);
      touched.push(entry.bounds);
      this.#shapes.set(each.id, entry);
    }
    this.#entries = null;
    return touched;
  }

  /** @param {string[]} ids @returns {number[][]} bounds that look different now */
  drop(ids) {
    const gone = ids.map((id) => this.#shapes.get(id)).filter(Boolean);
    for (const { id } of gone) this.#shapes.delete(id);
    this.#entries = null;
    return gone.map((each) => each.bounds);
  }

  ids() {
    return [...this.#shapes.keys()];
  }

  /** Those that belong together with it, itself among them. @param {any} entry @returns {string[]} ids */
  family({ id, group }) {
    return group ? this.#listed().filter((each) => each.group === group && !each.locked).map((each) => each.id) : [id];
  }

  /** @param {number[]} bounds @param {(entry: any) => void} visit those that touch it, from the lowest up */
  within([left, top, right, bottom], visit) {
    const entries = this.#listed();
    const all = this.#bounds;
    for (let index = 0, at = 0; index < entries.length; index += 1, at += 4) {
      if (all[at] <= right && all[at + 2] >= left && all[at + 1] <= bottom && all[at + 3] >= top) visit(entries[index]);
    }
  }

  /**
   * The shape that somebody who points there means: of those with the highest `z` one whose outline is near, else the
   * smallest around the place.
   * @param {number} tolerance in pixels of the image @param {(entry: any) => boolean} [wanted] all that are not locked
   */
  at(x, y, tolerance, wanted = (entry) => !entry.locked) {
    let found = null, near = tolerance, size = Infinity;
    this.within([x - tolerance, y - tolerance, x + tolerance, y + tolerance], (entry) => {
      if (!wanted(entry)) return;
      const { kind, geometry, bounds } = entry;
      const distance = kind.pixels ? Infinity : kind.distance(geometry, x, y, entry);
      const area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]);
      const above = found !== null && entry.z > found.z;
      if (distance <= (above ? tolerance : near)) [found, near, size] = [entry, distance, -1];
      else if ((above || (size > area && near === tolerance)) && kind.covers(geometry, x, y)) [found, near, size] = [entry, tolerance, area];
    });
    return found;
  }

  #listed() {
    if (this.#entries) return this.#entries;
    this.#entries = [...this.#shapes.values()];
    if (this.#entries.some((each, place, all) => place && each.z < all[place - 1].z)) this.#entries.sort((a, b) => a.z - b.z || 0); // Infinity from Infinity is NaN
    this.#bounds = new Float32Array(this.#entries.length * 4);
    for (const [index, { bounds }] of this.#entries.entries()) this.#bounds.set(bounds, index * 4);
    return this.#entries;
  }
}
