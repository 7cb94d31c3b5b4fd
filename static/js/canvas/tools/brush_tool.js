import { strokeMask } from "../mask/stroke.js";

/** Paints masks, or erases what was painted, with a round tip. One stroke is one change. */
export class BrushTool {
  gives = "mask";
  cursor = "crosshair";
  everyMove = true;
  #stage;
  #shaping;
  #live;
  #tip;
  #erases;
  #stroke = /** @type {any} */ (null);

  /**
   * @param {import("../stage.js").Stage} stage
   * @param {{painted: any, erased: any, paints: any, erases: any}} shaping what a stroke does to the labels, and the shape that it would change
   * @param {import("./live_stroke.js").LiveStroke} live @param {import("./tip.js").Tip} tip
   * @param {boolean} erases
   */
  constructor(stage, shaping, live, tip, erases) {
    this.#stage = stage;
    this.#shaping = shaping;
    this.#live = live;
    this.#tip = tip;
    this.#erases = erases;
    this.name = erases ? "eraser" : "brush";
  }

  get busy() {
    return this.#stroke !== null;
  }

  down(at) {
    if (at.button !== 0) return true;
    const entry = this.#erases ? this.#shaping.erases(at) : this.#shaping.paints();
    if (this.#erases && !entry) return true;
    const points = [[at.x, at.y]];
    this.#stroke = { points, diameter: this.#tip.diameter, id: entry?.id ?? null };
    if (entry) this.#stage.veil([entry.id]);
    this.#live.begin({ points, diameter: this.#tip.diameter, erases: this.#erases, color: entry?.color ?? this.#stage.color, entry });
    this.#tip.show(at);
    return true;
  }

  move(at, pressed) {
    this.#tip.show(at);
    if (!pressed || !this.#stroke) return;
    this.#stroke.points.push([at.x, at.y]);
    this.#live.extend();
  }

  up() {
    if (!this.#stroke) return;
    const { points, diameter, id } = this.#stroke;
    this.#stroke = null;
    const { width, height } = this.#stage.item;
    const mask = strokeMask([height, width], points, diameter);
    if (this.#erases) this.#shaping.erased(mask, id);
    else this.#shaping.painted(mask);
    this.#stage.lift(null); // where nothing was changed
    this.#live.end();
  }

  cancel() {
    this.#tip.show(null);
    if (!this.#stroke) return;
    const { id } = this.#stroke;
    this.#stroke = null;
    this.#stage.lift(null);
    if (id) this.#live.end();
    else this.#live.clear();
  }

  left() {
    if (!this.#stroke) this.#tip.show(null);
  }

  look(view) {
    this.#live.look(view);
    this.#tip.look(view);
  }
}
