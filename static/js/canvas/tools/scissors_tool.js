import { simplifiedLine, simplifiedRing } from "../mask/simplify.js";
import { pixelsOf } from "../mask/picture_pixels.js";
import { Livewire } from "../smart/livewire.js";
import { reduced } from "../smart/reduced.js";

const CLOSE = 10; // CSS pixels from the first point
const SMOOTH = 0.6; // pixels of the picture that the line may be moved by to have fewer points

/**
 * A line that follows the edges of the picture from click to click; with Shift it goes straight. A click on the first
 * point, Enter or a double click ends it.
 */
export class ScissorsTool {
  name = "scissors";
  gives = null; // what its class allows
  cursor = "crosshair";
  crosshair = true;
  /** Whether it draws a line where the class allows areas as well. */
  line = false;
  #stage;
  #assistant;
  #pieces = /** @type {number[][][]} */ ([]); // what was drawn with each click; the first is a place alone
  #wire = /** @type {Livewire|null} */ (null); // from the last of them
  #at = /** @type {any} */ (null); // the pointer
  #turn = 0;

  /** @param {import("../stage.js").Stage} stage @param {import("../../label/assistant.js").Assistant} assistant */
  constructor(stage, assistant) {
    this.#stage = stage;
    this.#assistant = assistant;
  }

  get busy() {
    return this.#pieces.length > 0;
  }

  get shape() {
    return this.#assistant.among(this.line ? ["polyline"] : ["polygon", "mask", "polyline"]);
  }

  down(at) {
    this.#at = at;
    if (at.button === 2) this.back();
    else if (!this.busy) this.#begin(at);
    else if (at.again || this.#closes(at)) this.finish();
    else this.#fix(this.#lineTo(at), at);
    return true;
  }

  move(at) {
    this.#at = at;
    this.#show();
  }

  up() {}

  /** With the pieces there are; an area is closed along the edges. */
  finish() {
    const { shape } = this;
    if (!shape) return void this.#assistant.notForAreas(); // another class was chosen meanwhile
    const [first] = this.#pieces.flat();
    const closing = this.busy && shape !== "polyline" ? (this.#wire?.to(first) ?? []) : [];
    const points = [...this.#pieces.flat(), ...closing.slice(0, -1)];
    const fewer = (1 / this.#scale) * SMOOTH;
    this.cancel();
    const kept = shape === "polyline" ? simplifiedLine(points, fewer) : points.length > 2 ? simplifiedRing(points, fewer) : null;
    if (kept && kept.length > 1) this.#assistant.drawn(this.#stage.item, shape, kept);
    return undefined;
  }

  /** Without the last piece. */
  back() {
    this.#pieces.pop();
    if (!this.busy) return this.cancel();
    return this.#look();
  }

  cancel() {
    this.#turn += 1;
    this.#pieces = [];
    this.#wire = null;
    this.#stage.draft(null);
  }

  #begin(at) {
    const { item } = this.#stage;
    if (!item || at.x < 0 || at.y < 0 || at.x > item.width || at.y > item.height) return;
    if (!this.shape) return void this.#assistant.notForAreas();
    this.#fix([[at.x, at.y]], at);
  }

  #fix(piece, at) {
    this.#pieces.push(piece);
    this.#at = at;
    this.#look();
  }

  /** The lines from the last place are looked for; until they are there, the line goes straight. */
  async #look() {
    const { item } = this.#stage;
    const turn = (this.#turn += 1);
    this.#wire = null;
    this.#show();
    const pixels = await this.#assistant.during(() => pixelsOf(item));
    await new Promise((resolve) => setTimeout(resolve)); // what was clicked is seen first
    if (!pixels || turn !== this.#turn || item !== this.#stage.item) return;
    const picture = reduced(pixels, Math.max(Math.floor(pixels.width / item.width / this.#zoom), 1));
    this.#wire = new Livewire(picture, this.#pieces.at(-1).at(-1), item);
    this.#show();
  }

  /** Screen pixels per pixel of the image: a line needs not be finer than what one sees. */
  get #zoom() {
    return this.#at?.scale ?? 1;
  }

  /** Pixels of the picture per pixel of the image, at most one. */
  get #scale() {
    return Math.min(this.#zoom, 1);
  }

  #lineTo({ x, y, shift }) {
    return this.#wire && !shift ? this.#wire.to([x, y]) : [[x, y]];
  }

  #closes(at) {
    const [first] = this.#pieces[0];
    return this.shape !== "polyline" && this.#pieces.length > 2 && Math.hypot(at.x - first[0], at.y - first[1]) * at.scale < (at.touch ? 2 * CLOSE : CLOSE);
  }

  #show() {
    if (!this.busy) return;
    const points = this.#pieces.flat();
    this.#stage.draft("polyline", { points: this.#at ? [...points, ...this.#lineTo(this.#at)] : points });
  }
}
