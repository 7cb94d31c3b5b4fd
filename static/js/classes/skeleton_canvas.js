import { h, on } from "../lib/dom.js";
import { svg } from "../canvas/svg_path.js";

const SIZE = 300; // units of the drawing
const EDGE = 24;
const REACH = 14; // a finger is not a needle
const STEP = 0.01, FAR = 0.05;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The skeleton as a drawing: points are dragged, added by a click, and joined by lines from one to another. Each dot can be reached
 * by the keyboard: arrows move it, Enter takes it as an end of a line.
 */
export class SkeletonCanvas {
  mode = "move"; // move, add, lines
  #svg = svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "skeleton-canvas", role: "group", "aria-label": gettext("Drawing of the skeleton") });
  #lines = svg("g");
  #dots = svg("g");
  #draft = /** @type {any} */ ({ points: [], edges: [] });
  #verbs;
  #start = /** @type {number|null} */ (null); // of a line
  #chosen = /** @type {number|null} */ (null);
  element = h("div", { class: "skeleton-drawing" }, this.#svg);

  /** @param {{move: (index: number, x: number, y: number) => void, add: (x: number, y: number) => void, join: (a: number, b: number) => void, choose: (index: number) => void}} verbs */
  constructor(verbs) {
    this.#verbs = verbs;
    this.#svg.append(svg("rect", { x: EDGE, y: EDGE, width: SIZE - 2 * EDGE, height: SIZE - 2 * EDGE, class: "skeleton-frame" }), this.#lines, this.#dots);
    on(this.#svg, "pointerdown", (event) => this.#pressed(event));
    on(this.#svg, "keydown", "[data-dot]", (event, dot) => this.#typed(event, Number(dot.dataset.dot)));
    on(this.#svg, "focusin", "[data-dot]", (_event, dot) => this.#verbs.choose(Number(dot.dataset.dot)));
  }

  /** @param {any} draft */
  show(draft) {
    this.#draft = draft;
    if (this.#start !== null && this.#start >= draft.points.length) this.#start = null;
    const { points, edges } = draft;
    this.#lines.replaceChildren(...edges.map(([a, b]) => {
      const [x1, y1] = at(points[a]), [x2, y2] = at(points[b]);
      return svg("line", { x1, y1, x2, y2 });
    }));
    while (this.#dots.childElementCount > points.length) this.#dots.lastChild.remove();
    for (const [index, point] of points.entries()) this.#place(this.#dots.children[index] ?? this.#dots.appendChild(dotOf(index)), point, index);
  }

  /** @param {number|null} index */
  choose(index) {
    this.#chosen = index;
    this.#mark();
  }

  /** @param {string} mode */
  take(mode) {
    this.mode = mode;
    this.#start = null;
    this.#svg.dataset.mode = mode;
    this.#mark();
  }

  #place(dot, point, index) {
    const [x, y] = at(point);
    dot.setAttribute("transform", `translate(${x} ${y})`);
    dot.setAttribute("aria-label", point.name);
    dot.lastChild.textContent = point.name;
    dot.classList.toggle("from", index === this.#start);
    dot.classList.toggle("chosen", index === this.#chosen);
  }

  #mark() {
    this.show(this.#draft);
  }

  #pressed(event) {
    if (event.button) return;
    const index = this.#nearest(event);
    event.preventDefault();
    if (this.mode === "add" && index === null) return void this.#verbs.add(...this.#inUnits(event));
    if (index === null) return void ((this.#start = null), this.#mark());
    this.#dots.children[index].focus();
    this.#verbs.choose(index);
    if (this.mode === "lines") return void this.#end(index);
    return void this.#drag(event, index);
  }

  /** The dot that is meant, where they lie close together; null where there is none. */
  #nearest(event) {
    const [x, y] = this.#inUnits(event);
    const away = this.#draft.points.map((point) => Math.hypot(point.x - x, point.y - y) * (SIZE - 2 * EDGE));
    const nearest = away.indexOf(Math.min(...away));
    return away[nearest] < REACH ? nearest : null;
  }

  #drag({ pointerId }, index) {
    const dragging = new AbortController();
    const { signal } = dragging;
    this.#svg.setPointerCapture(pointerId);
    this.#svg.addEventListener("pointermove", (event) => event.pointerId === pointerId && this.#verbs.move(index, ...this.#inUnits(event)), { signal });
    for (const ending of ["pointerup", "pointercancel"]) this.#svg.addEventListener(ending, () => dragging.abort(), { signal });
  }

  #typed(event, index) {
    const arrow = ARROWS[event.key];
    if (arrow) {
      const { x, y } = this.#draft.points[index];
      const step = event.shiftKey ? FAR : STEP;
      this.#verbs.move(index, x + arrow[0] * step, y + arrow[1] * step);
    } else if (event.key === "Enter" || event.key === " ") this.#end(index);
    else return;
    event.preventDefault();
  }

  /** One end of a line, then the other. */
  #end(index) {
    const start = this.#start;
    this.#start = start === null ? index : null;
    if (start !== null && start !== index) this.#verbs.join(start, index);
    else this.#mark();
  }

  #inUnits({ clientX, clientY }) {
    const { left, top, width, height } = this.#svg.getBoundingClientRect();
    const unit = SIZE - 2 * EDGE;
    return /** @type {[number, number]} */ ([(((clientX - left) / width) * SIZE - EDGE) / unit, (((clientY - top) / height) * SIZE - EDGE) / unit]);
  }
}

const at = ({ x, y }) => [EDGE + x * (SIZE - 2 * EDGE), EDGE + y * (SIZE - 2 * EDGE)];

function dotOf(index) {
  const dot = svg("g", { class: "skeleton-dot", tabindex: 0, role: "button", "data-dot": index });
  dot.append(svg("circle", { r: REACH, class: "skeleton-reach" }), svg("circle", { r: 5 }), svg("text", { x: 8, y: -6 }));
  return dot;
}
