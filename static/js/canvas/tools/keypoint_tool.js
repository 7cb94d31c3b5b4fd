import { filledUp, inBox, pointName } from "../skeleton.js";
import { PointHint } from "./point_hint.js";
import { boxBetween, dragged } from "./pressed.js";

const SEEN = 2, HIDDEN = 1, ABSENT = 0;

/**
 * Draws keypoints: the whole skeleton in a box that is dragged, or point after point in its order; with Shift a hidden
 * one. Without a skeleton each click is a point, until Enter or a double click.
 */
export class KeypointTool {
  name = "keypoints";
  cursor = "crosshair";
  crosshair = true;
  #stage;
  #skeletonOf;
  #hint;
  #onHidden;
  #points = /** @type {number[][]} */ ([]);
  #size = 0; // points of the skeleton with which this shape was begun
  #from = /** @type {any} */ (null);
  #dragged = false;
  #at = /** @type {any} */ (null);
  #hidden = false;

  /** @param {import("../stage.js").Stage} stage @param {HTMLElement} element @param {() => any} skeleton of the class that is drawn @param {(is: boolean) => void} [onHidden] told whether the next point is a hidden one */
  constructor(stage, element, skeleton, onHidden = () => {}) {
    this.#stage = stage;
    this.#skeletonOf = skeleton;
    this.#hint = new PointHint(element);
    this.#onHidden = onHidden;
  }

  get busy() {
    return this.#points.length > 0 || this.#from !== null;
  }

  down(at) {
    this.#at = at;
    if (at.button === 2) this.back();
    else if (at.again && this.#points.length) this.#again();
    else this.#from = at;
    this.#show();
    return true;
  }

  move(at, pressed) {
    this.#at = at;
    if (pressed && this.#from && dragged(this.#from, at)) this.#dragged = true;
    this.#show();
  }

  up(at) {
    const from = this.#from, box = this.#box(at);
    this.pause();
    if (!from) return;
    if (box) this.#fit(box);
    else this.#add(at, at.shift || this.#hidden ? HIDDEN : SEEN);
  }

  /** The point that would be next is not there. */
  skip() {
    if (this.#count) this.#push([0, 0, ABSENT]);
  }

  /** The point before is hidden, or seen again. */
  toggle() {
    const last = this.#points.at(-1);
    if (last?.[2]) last[2] = last[2] === SEEN ? HIDDEN : SEEN;
    this.#show();
  }

  /** The next point is a hidden one, for hands without a Shift key. */
  hideNext() {
    this.#setHidden(!this.#hidden);
    this.#show();
  }

  back() {
    this.#points.pop();
    this.#show();
  }

  /** With the points there are; the rest is not there. */
  finish() {
    const points = filledUp(this.#points, this.#size);
    this.cancel();
    if (points.some(([, , visibility]) => visibility)) this.#stage.drawn(this.name, { points });
  }

  /** Two fingers move the image: what was placed stays. */
  pause() {
    this.#from = null;
    this.#dragged = false;
    this.#show();
  }

  cancel() {
    this.#points = [];
    this.#from = this.#at = null;
    this.#dragged = false;
    this.#setHidden(false);
    this.#stage.draft(null);
    this.#hint.show(null);
  }

  /** The pointer is elsewhere. */
  left() {
    this.#at = null;
    this.#show();
  }

  get #skeleton() {
    const skeleton = this.#skeletonOf();
    return skeleton?.points?.length ? skeleton : null;
  }

  get #count() {
    return this.#skeleton?.points.length ?? 0;
  }

  #again() {
    if (!this.#size) this.finish();
  }

  #fit(box) {
    const geometry = inBox(this.#skeleton, box);
    this.cancel();
    this.#stage.drawn(this.name, geometry);
  }

  #add({ x, y }, visibility) {
    this.#setHidden(false);
    this.#push([x, y, visibility]);
  }

  #push(point) {
    if (this.#points.length && this.#size !== this.#count) this.cancel(); // another class was chosen meanwhile
    this.#size = this.#count;
    this.#points.push(point);
    if (this.#points.length === this.#size) this.finish();
    else this.#show();
  }

  /** The box that is dragged for a whole skeleton, or null. */
  #box(at) {
    if (!this.#dragged || !this.#from || this.#points.length || !this.#skeleton) return null;
    const box = boxBetween(this.#from, at);
    return box[2] && box[3] ? box : null;
  }

  #setHidden(is) {
    if (is === this.#hidden) return;
    this.#hidden = is;
    this.#onHidden(is);
  }

  #show() {
    const skeleton = this.#skeleton, at = this.#at;
    const box = at && this.#box(at);
    const hidden = this.#hidden || at?.shift;
    const next = at && this.#points.length ? [[at.x, at.y, hidden ? HIDDEN : SEEN]] : [];
    const points = box ? inBox(skeleton, box).points : filledUp([...this.#points, ...next], this.#count);
    this.#stage.draft(points.some(([, , visibility]) => visibility) ? this.name : null, { points }, { skeleton });
    this.#hint.show(box ? null : at, this.#words(skeleton, hidden));
  }

  #words(skeleton, hidden) {
    const place = this.#points.length;
    const said = skeleton ? `${place + 1}/${skeleton.points.length} ${pointName(skeleton, place)}` : String(place + 1);
    return hidden ? interpolate(gettext("%s (hidden)"), [said]) : said;
  }
}
