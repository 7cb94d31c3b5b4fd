const SPACE = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const HEIGHT = 300;
const EDGE = { left: 56, right: 16, top: 14, bottom: 38 };
const LETTER = 6.4; // pixels that a letter of a label takes, about

/**
 * @typedef {{key: string, label: string, x: number, y: number, chosen?: boolean, faint?: boolean}} Point
 * @typedef {{label: string, log?: boolean, format: (value: number) => string}} Axis
 */

/** Named points over two axes; a click on one chooses it. What it shows stands in a table as well. */
export class ScatterChart {
  #element;
  #choose;

  /**
   * @param {HTMLElement} element
   * @param {(key: string) => void} choose
   */
  constructor(element, choose) {
    this.#element = element;
    this.#choose = choose;
  }

  /** @param {Point[]} points @param {{x: Axis, y: Axis, summary: string}} about */
  show(points, { x, y, summary }) {
    const across = scale(points.map((point) => point.x), EDGE.left, WIDTH - EDGE.right, x.log);
    const up = scale(points.map((point) => point.y), HEIGHT - EDGE.bottom, EDGE.top, y.log);
    const svg = make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "scatter", role: "img", "aria-label": summary });
    for (const value of across.ticks) svg.append(...mark(across.at(value), HEIGHT - EDGE.bottom + 15, x.format(value), { x1: across.at(value), x2: across.at(value), y1: EDGE.top, y2: HEIGHT - EDGE.bottom }, "middle"));
    for (const value of up.ticks) svg.append(...mark(EDGE.left - 6, up.at(value) + 3.5, y.format(value), { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: up.at(value), y2: up.at(value) }, "end"));
    svg.append(text((EDGE.left + WIDTH - EDGE.right) / 2, HEIGHT - 5, x.label, "middle", "scatter-axis"), text(4, 9, y.label, "start", "scatter-axis"));
    const places = points.map((point) => ({ ...point, left: across.at(point.x), top: up.at(point.y) }));
    for (const { point, side, top } of labelled(places)) svg.append(this.#point(point, side, top));
    this.#element.replaceChildren(svg);
  }

  #point(point, side, top) {
    const group = make("g", { class: `scatter-point${point.chosen ? " chosen" : ""}${point.faint ? " faint" : ""}` });
    group.dataset.key = point.key;
    group.append(make("circle", { cx: point.left, cy: point.top, r: point.chosen ? 7 : 5 }), text(point.left + (side === "start" ? 9 : -9), top + 4, point.label, side));
    group.addEventListener("click", () => this.#choose(point.key));
    return group;
  }
}

/**
 * From values to places, and values for the lines behind.
 * @param {number[]} values @param {number} from @param {number} to @param {boolean} [log]
 */
export function scale(values, from, to, log = false) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const bent = log ? Math.log10 : (value) => value;
  const room = (bent(high) - bent(low)) * 0.08 || Math.abs(bent(high)) * 0.1 || 1;
  const start = bent(low) - room;
  const length = bent(high) + room - start;
  const at = (value) => from + ((bent(value) - start) / length) * (to - from);
  return { at, ticks: (log ? decades : steps)(start, start + length) };
}

/** 1, 2 and 5 times each power of ten between two logarithms; powers alone where those are many. */
function decades(start, end) {
  const found = [];
  for (let power = Math.floor(start); power <= end; power += 1) {
    for (const part of end - start > 2.5 ? [1] : [1, 2, 5]) found.push(part * 10 ** power);
  }
  return found.filter((value) => Math.log10(value) >= start && Math.log10(value) <= end);
}

function steps(start, end) {
  const rough = (end - start) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((part) => part * power >= rough) * power;
  const found = [];
  for (let value = Math.ceil(start / step) * step; value <= end; value += step) found.push(Number(value.toPrecision(10)));
  return found;
}

/** Labels lie at the right of their points, at the left where the edge is near, and above each other's. */
export function labelled(places) {
  const taken = [];
  return places.toSorted((a, b) => a.top - b.top).map((point) => {
    const width = point.label.length * LETTER + 12;
    const side = point.left + width > WIDTH - EDGE.right ? "end" : "start";
    const box = { left: side === "start" ? point.left : point.left - width, top: point.top, width };
    while (taken.some((other) => Math.abs(other.top - box.top) < 12 && box.left < other.left + other.width && other.left < box.left + width)) box.top += 3;
    taken.push(box);
    return { point, side, top: box.top };
  });
}

function mark(x, y, words, line, anchor) {
  return [make("line", { ...line, class: "scatter-grid" }), text(x, y, words, anchor)];
}

function text(x, y, words, anchor, kind = "") {
  const element = make("text", { x, y, "text-anchor": anchor, class: kind });
  element.textContent = words;
  return element;
}

function make(tag, attributes) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === "number" ? value.toFixed(1) : value);
  return element;
}
