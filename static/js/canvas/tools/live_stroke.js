import { h } from "../../lib/dom.js";
import { kindOf } from "../kinds/index.js";

const PATIENCE_MS = 500;

/**
 * A stroke while it is drawn, above the shapes, with the mask that it changes: what is erased is seen to go. Each move
 * draws only what it adds; the shapes themselves are drawn anew once, when the stroke is done.
 */
export class LiveStroke {
  #stage;
  #element;
  #canvas = h("canvas", { class: "live-stroke", "aria-hidden": "true" });
  #context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d"));
  #view = { scale: 1, x: 0, y: 0 };
  #stroke = /** @type {any} */ (null);

  /** @param {import("../stage.js").Stage} stage @param {HTMLElement} element */
  constructor(stage, element) {
    this.#stage = stage;
    this.#element = element;
    element.append(this.#canvas);
  }

  /** @param {{points: number[][], diameter: number, erases: boolean, color: string, entry: any}} stroke `entry`: the mask that it changes, or null */
  begin(stroke) {
    const path = new Path2D();
    if (stroke.entry) kindOf("mask").trace(path, stroke.entry.geometry);
    this.#stroke = { ...stroke, path };
    this.#all();
  }

  /** The points have become more. */
  extend() {
    if (this.#stroke) this.#draw(this.#stroke.points.slice(-2));
  }

  look(view) {
    this.#view = { scale: view.scale, x: view.x, y: view.y };
    if (this.#stroke) this.#all();
  }

  /** Seen until the shapes are, so that nothing flickers. */
  async end() {
    const ended = this.#stroke;
    await Promise.race([this.#stage.drawnAnew(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    if (this.#stroke === ended) this.clear();
  }

  clear() {
    this.#stroke = null;
    this.#canvas.width = this.#canvas.height = 0;
  }

  #all() {
    const ratio = globalThis.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.#element;
    Object.assign(this.#canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
    const { scale, x, y } = this.#view;
    const { path, color, points } = this.#stroke;
    this.#context.setTransform(scale * ratio, 0, 0, scale * ratio, x * ratio, y * ratio);
    this.#context.fillStyle = color;
    this.#context.fill(path, "evenodd");
    this.#draw(points);
  }

  #draw(points) {
    const context = this.#context;
    const { diameter, erases, color } = this.#stroke;
    context.globalCompositeOperation = erases ? "destination-out" : "source-over";
    context.strokeStyle = color;
    context.lineWidth = diameter;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    if (points.length === 1) context.lineTo(points[0][0], points[0][1]);
    context.stroke();
    context.globalCompositeOperation = "source-over";
  }
}
