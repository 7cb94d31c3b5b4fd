const SVG = "http://www.w3.org/2000/svg";

/** Takes what kinds trace into a path, and writes it as SVG does. */
export class SvgPath {
  #parts = [];

  moveTo(x, y) {
    this.#parts.push(`M${x} ${y}`);
  }

  lineTo(x, y) {
    this.#parts.push(`L${x} ${y}`);
  }

  closePath() {
    this.#parts.push("Z");
  }

  /** A whole ellipse, from where it was moved to. */
  ellipse(cx, cy, rx, ry, turn) {
    const degrees = (turn * 180) / Math.PI;
    const [x, y] = [cx - rx * Math.cos(turn), cy - rx * Math.sin(turn)];
    this.#parts.push(`A${rx} ${ry} ${degrees} 1 1 ${x} ${y}A${rx} ${ry} ${degrees} 1 1 ${2 * cx - x} ${2 * cy - y}`);
  }

  toString() {
    return this.#parts.join("");
  }
}

/** @param {any} kind @param {any} geometry */
export function outline(kind, geometry) {
  const path = new SvgPath();
  kind.trace(path, geometry);
  return String(path);
}

/** @returns {any} */
export function svg(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
