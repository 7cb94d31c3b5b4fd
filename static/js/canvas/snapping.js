import { h } from "../lib/dom.js";
import { footOn } from "./kinds/points.js";

const NEAR = 8; // CSS pixels

/**
 * Where a vertex goes that comes near a neighbour: onto its nearest vertex, else its nearest edge. A mark shows it.
 *
 * @typedef {{point: number[], id: string, line: number, vertex: number|null}} Snap `line`: which of the neighbour's rings;
 *   `vertex`: which of its points, null on an edge
 */
export class Snapping {
  on = true;
  #scene;
  #mark = h("div", { class: "snap-mark", hidden: true, "aria-hidden": "true" });

  /** @param {{scene: import("./scene.js").Scene}} stage @param {HTMLElement} element */
  constructor(stage, element) {
    this.#scene = stage.scene;
    element.append(this.#mark);
  }

  toggle(on = !this.on) {
    this.on = on;
    if (!on) this.clear();
  }

  /** The place that is meant; Alt holds it where the pointer is. @param {any} at @param {string} [except] the shape that is changed itself @returns {Snap|null} */
  at(at, except) {
    const found = this.on && !at.alt ? nearest(this.#scene, [at.x, at.y], NEAR / at.scale, except) : null;
    this.#show(found, at);
    return found;
  }

  /** @param {any} at @param {string} [except] @returns {number[]} */
  point(at, except) {
    return this.at(at, except)?.point ?? [at.x, at.y];
  }

  /** The neighbour's points between two of them, the shorter way round. @param {Snap|null} from @param {Snap|null} to @returns {number[][]} */
  between(from, to) {
    if (!from || !to || from.id !== to.id || from.line !== to.line || from.vertex === null || to.vertex === null) return [];
    const line = linesOf(this.#scene.get(to.id))[to.line];
    return line ? way(line, from.vertex, to.vertex) : [];
  }

  clear() {
    this.#mark.hidden = true;
  }

  #show(found, { x, y, screenX, screenY, scale }) {
    this.#mark.hidden = !found;
    if (!found) return;
    const [px, py] = found.point;
    this.#mark.classList.toggle("snap-edge", found.vertex === null);
    this.#mark.style.setProperty("transform", `translate(${screenX + (px - x) * scale}px, ${screenY + (py - y) * scale}px) translate(-50%, -50%)`);
  }
}

/** @param {import("./scene.js").Scene} scene @param {number[]} place @param {number} reach in pixels of the image @param {string} [except] @returns {Snap|null} */
export function nearest(scene, [x, y], reach, except) {
  let found = /** @type {Snap|null} */ (null), edge = /** @type {Snap|null} */ (null), nearVertex = reach, nearEdge = reach;
  scene.within([x - reach, y - reach, x + reach, y + reach], (entry) => {
    if (entry.id === except || entry.dashed) return;
    for (const [line, { points, closed }] of linesOf(entry).entries()) {
      for (let index = 0; index < points.length; index += 1) {
        const [px, py] = points[index];
        const away = Math.hypot(px - x, py - y);
        if (away <= nearVertex) [found, nearVertex] = [{ point: [px, py], id: entry.id, line, vertex: index }, away];
        if (found || (!index && !closed)) continue;
        const foot = footOn(points.at(index - 1), points[index], x, y);
        const beside = Math.hypot(foot[0] - x, foot[1] - y);
        if (beside <= nearEdge) [edge, nearEdge] = [{ point: foot, id: entry.id, line, vertex: null }, beside];
      }
    }
  });
  return found ?? edge;
}

/** What of a shape attracts: straight lines between points. @param {any} entry @returns {{points: number[][], closed: boolean}[]} */
function linesOf(entry) {
  if (entry?.shape === "polygon") return entry.geometry.rings.map((points) => ({ points, closed: true }));
  if (entry?.shape === "polyline") return [{ points: entry.geometry.points, closed: false }];
  return entry?.kind.corners ? [{ points: entry.kind.corners(entry.geometry), closed: true }] : [];
}

/** @param {{points: number[][], closed: boolean}} line */
function way({ points, closed }, from, to) {
  const walk = (step) => {
    const passed = [];
    let length = 0;
    for (let index = from; index !== to; ) {
      const next = (index + step + points.length) % points.length;
      length += Math.hypot(points[next][0] - points[index][0], points[next][1] - points[index][1]);
      if (next !== to) passed.push(points[next]);
      index = next;
    }
    return { passed, length };
  };
  if (!closed) return walk(to > from ? 1 : -1).passed;
  const [onward, back] = [walk(1), walk(-1)];
  return (onward.length <= back.length ? onward : back).passed;
}
