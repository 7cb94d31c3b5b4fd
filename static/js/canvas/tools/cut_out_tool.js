import { boxBetween, dragged } from "./pressed.js";

const COLORS = { keep: "#22c55e", remove: "#ef4444" };

/**
 * Finds the outline of what is in a box. Strokes inside of it tell what else belongs to it, with Shift what does not;
 * Enter, or a press outside of the box, takes what was found.
 */
export class CutOutTool {
  name = "cutout";
  gives = null; // what its class allows
  cursor = "crosshair";
  everyMove = true;
  /** Of strokes without Shift. */
  mode = /** @type {"keep"|"remove"} */ ("keep");
  #stage;
  #assistant;
  #live;
  #tip;
  #from = /** @type {any} */ (null);
  #dragged = false;
  #job = /** @type {any} */ (null); // the box, its strokes, and what was found for them
  #stroke = /** @type {any} */ (null);

  /** @param {import("../stage.js").Stage} stage @param {import("../../label/assistant.js").Assistant} assistant @param {import("./live_stroke.js").LiveStroke} live @param {import("./tip.js").Tip} tip */
  constructor(stage, assistant, live, tip) {
    this.#stage = stage;
    this.#assistant = assistant;
    this.#live = live;
    this.#tip = tip;
  }

  get busy() {
    return Boolean(this.#from || this.#job);
  }

  get crosshair() {
    return !this.#job;
  }

  /** Whether there is a box that strokes can be drawn into. */
  get open() {
    return this.#job !== null;
  }

  down(at) {
    if (at.button === 2) this.back();
    else if (this.#from) this.#boxed(at);
    else if (this.#job && (at.shift || within(this.#job.box, at))) this.#begin(at);
    else {
      this.finish();
      this.#from = at;
      this.#dragged = false;
    }
    return true;
  }

  move(at, pressed) {
    this.#tip.show(this.#job ? at : null);
    if (this.#stroke && pressed) {
      this.#stroke.points.push([at.x, at.y]);
      this.#live.extend();
    } else if (this.#from) {
      if (pressed && dragged(this.#from, at)) this.#dragged = true;
      this.#stage.draft("box", { box: boxBetween(this.#from, at) });
    }
  }

  up(at) {
    if (this.#stroke) this.#stroked();
    else if (this.#from && this.#dragged) this.#boxed(at);
  }

  left() {
    if (!this.#stroke) this.#tip.show(null);
  }

  look(view) {
    this.#live.look(view);
    this.#tip.look(view);
  }

  /** Takes what was found; what is still on its way is taken when it comes. */
  finish() {
    const job = this.#job;
    this.#clear();
    if (!job) return;
    const take = (found) => (found ? this.#assistant.take(job.item, found) : this.#assistant.nothing());
    if (job.asked) job.asked.then((results) => (results || job.found) && take(results ? results[0] : job.found));
    else take(job.found);
  }

  /** Without the last stroke, or without the box. */
  back() {
    const stroke = this.#job?.strokes.pop();
    if (stroke) this.#ask();
    else this.cancel();
  }

  /** Two fingers move the image: what the first one has begun does not count. */
  pause() {
    this.#from = this.#stroke = null;
    this.#live.clear();
    if (this.#job) this.#show(this.#job);
    else this.#stage.draft(null);
  }

  cancel() {
    this.#job?.abort?.abort();
    this.#clear();
  }

  #clear() {
    this.#from = this.#job = this.#stroke = null;
    this.#live.clear();
    this.#tip.show(null);
    this.#stage.draft(null);
    this.#assistant.tell();
  }

  #boxed(at) {
    const box = boxBetween(this.#from, at);
    this.#from = null;
    if (!this.#assistant.shape) return void (this.#assistant.notForAreas(), this.cancel());
    if (!(box[2] > 1 && box[3] > 1)) return this.cancel();
    this.#job = { item: this.#stage.item, box, strokes: [], found: null, asked: null, abort: null };
    return void this.#ask();
  }

  #begin(at) {
    const kind = at.shift ? "remove" : this.mode;
    const points = [[at.x, at.y]], width = this.#tip.diameter;
    this.#stroke = { kind, points, width };
    this.#live.begin({ points, diameter: width, erases: false, color: COLORS[kind], entry: null });
  }

  #stroked() {
    this.#job.strokes.push(this.#stroke);
    this.#stroke = null;
    this.#ask();
  }

  /** The newest answer counts alone. */
  async #ask() {
    const job = this.#job;
    job.abort?.abort();
    job.abort = new AbortController();
    const of = (kind) => job.strokes.filter((each) => each.kind === kind).map(({ points, width }) => ({ points, width }));
    const input = { box: job.box, shape: this.#assistant.shape, keep: of("keep"), remove: of("remove") };
    const asked = (job.asked = this.#assistant.ask("grabcut", input, job.abort.signal));
    this.#show(job);
    const results = await asked;
    if (job.asked !== asked) return;
    job.asked = null;
    if (results) job.found = results[0] ?? null;
    if (job !== this.#job) return;
    if (!this.#stroke) this.#live.clear();
    if (results?.length === 0) this.#assistant.nothing();
    this.#show(job);
  }

  #show({ found, box }) {
    this.#stage.draft(found?.shape ?? "box", found?.geometry ?? { box });
  }
}

const within = ([x, y, w, h], at) => at.x >= x && at.y >= y && at.x <= x + w && at.y <= y + h;
