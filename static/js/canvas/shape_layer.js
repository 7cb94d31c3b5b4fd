import { h } from "../lib/dom.js";
import { between } from "./kinds/points.js";

const MARGIN = 256; // CSS pixels that are drawn beyond each edge of the stage
const SPARE = 96; // when less of them is left, the next picture is asked for
const EDGE = 16; // pixels around the image, for lines at its border
const COARSE = 1024; // longest side of the picture of the whole image

/**
 * The shapes as pictures that a worker has drawn: of what is seen with a margin, and small ones of the whole image
 * beneath, for what a fast gesture uncovers. The page only moves them, until the next picture comes.
 */
export class ShapeLayer {
  #worker;
  #ratio = globalThis.devicePixelRatio || 1;
  #parts;
  #image = { width: 1, height: 1 };
  #view = { scale: 1, x: 0, y: 0 };
  #stage = { width: 1, height: 1 };
  #asked = /** @type {any} */ (null);
  #version = 0;
  #waiting = /** @type {{version: number, told: () => void}[]} */ ([]);
  #seen = 0;
  #first = 0; // the version with which the image at hand began: pictures of an earlier one show another image

  /** @param {HTMLElement} element @param {string} address of the worker's script @param {() => void} [failed] shapes cannot be drawn any more */
  constructor(element, address, failed) {
    this.#worker = globalThis.earlyWorker ?? new Worker(address, { type: "module" });
    globalThis.earlyWorker = null;
    if (failed) this.#worker.onerror = failed;
    this.#worker.onmessage = ({ data }) => this.#take(data);
    this.#parts = { coarse: part("coarse"), sharp: part("sharp") };
    element.append(this.#parts.coarse.canvas, this.#parts.sharp.canvas);
  }

  /** Begin with another image. @param {{width: number, height: number}} image @param {any[]} shapes as Scene has them */
  show(image, shapes) {
    this.#image = image;
    this.#asked = null;
    for (const each of Object.values(this.#parts)) each.hide();
    this.#first = this.#tell({ clear: true, set: shapes, hidden: [], coarse: this.#whole() });
    this.#ask();
  }

  /** @param {{set?: any[], drop?: string[], hidden?: string[], look?: any}} change */
  change(change) {
    this.#tell(change);
  }

  /** When what was told until now is seen. @returns {Promise<void>} */
  drawn() {
    if (this.#seen >= this.#version) return Promise.resolve();
    return new Promise((told) => this.#waiting.push({ version: this.#version, told }));
  }

  /** @param {{scale: number, x: number, y: number}} view @param {{width: number, height: number}} stage in CSS pixels */
  look(view, stage) {
    this.#view = { scale: view.scale, x: view.x, y: view.y };
    this.#stage = stage;
    this.#ask();
    this.#place();
  }

  #tell(message) {
    this.#version += 1;
    this.#worker.postMessage({ ...message, version: this.#version });
    return this.#version;
  }

  #take({ part: name, frame, version, picture }) {
    if (version < this.#first) return void picture?.close();
    if (picture) this.#parts[name].take(picture, frame);
    else this.#parts[name].hide();
    this.#place();
    if (name !== "sharp") return;
    performance.clearMarks("shapes-drawn"); // only the last is kept
    performance.mark("shapes-drawn");
    this.#seen = version;
    for (const each of this.#waiting) if (each.version <= version) each.told();
    this.#waiting = this.#waiting.filter((each) => each.version > version);
  }

  /** For the next picture, when this one does not fit any more. */
  #ask() {
    const scale = this.#view.scale * this.#ratio;
    if (this.#asked?.scale === scale && this.#holds(this.#asked, SPARE)) return;
    this.#asked = this.#frame(scale);
    this.#tell({ sharp: this.#asked });
  }

  /** What is seen with its margin. Its size stays the same while somebody pans. @returns {import("./raster.js").Frame} */
  #frame(scale) {
    const span = (start, room, length) => {
      const whole = Math.ceil(length * scale) + 2 * EDGE;
      const size = Math.min(Math.ceil((room + 2 * MARGIN) * this.#ratio), whole);
      return [between(Math.floor((-start - MARGIN) * this.#ratio), -EDGE, whole - EDGE - size), size];
    };
    const [left, width] = span(this.#view.x, this.#stage.width, this.#image.width);
    const [top, height] = span(this.#view.y, this.#stage.height, this.#image.height);
    return { scale, ratio: this.#ratio, left, top, width, height };
  }

  /** Whether a frame holds what is seen, and `spare` CSS pixels more where there is more image. */
  #holds(frame, spare) {
    const { x, y, scale } = this.#view;
    const { width, height } = this.#image;
    const factor = (scale * this.#ratio) / frame.scale; // a frame of another scale is seen stretched
    const left = frame.left * factor, top = frame.top * factor;
    const right = left + frame.width * factor, bottom = top + frame.height * factor;
    const seen = (start, room, length) => [Math.max((-start - spare) * this.#ratio, 0), Math.min((room - start + spare) * this.#ratio, length * scale * this.#ratio)];
    const [seenLeft, seenRight] = seen(x, this.#stage.width, width);
    const [seenTop, seenBottom] = seen(y, this.#stage.height, height);
    return left <= seenLeft && top <= seenTop && right >= seenRight && bottom >= seenBottom;
  }

  #whole() {
    const { width, height } = this.#image;
    const scale = Math.min(COARSE / Math.max(width, height), this.#ratio);
    return { scale, ratio: 1, left: 0, top: 0, width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  }

  #place() {
    const { sharp, coarse } = this.#parts;
    sharp.place(this.#view, this.#ratio);
    const bare = !sharp.frame || !this.#holds(sharp.frame, 0);
    coarse.canvas.hidden = !bare || !coarse.frame;
    if (bare) coarse.place(this.#view, this.#ratio, sharp.frame);
  }
}

/** One canvas that shows pictures of the worker. */
function part(name) {
  const canvas = h("canvas", { class: `shape-layer shape-layer-${name}`, "aria-hidden": "true" });
  const context = /** @type {any} */ (canvas).getContext("bitmaprenderer");
  return {
    canvas,
    frame: /** @type {any} */ (null),
    take(picture, frame) {
      if (canvas.width !== picture.width || canvas.height !== picture.height) Object.assign(canvas, { width: picture.width, height: picture.height });
      context.transferFromImageBitmap(picture);
      canvas.hidden = false;
      this.frame = frame;
    },
    hide() {
      this.frame = null;
      canvas.hidden = true; // to empty it takes a software renderer as long as to fill it
    },
    /** @param {any} view @param {number} ratio @param {any} [above] a frame that covers this one: both are translucent, and only one may be seen */
    place({ scale, x, y }, ratio, above) {
      if (!this.frame) return;
      const factor = scale / this.frame.scale; // CSS pixels per pixel of the picture
      canvas.style.setProperty("transform", `translate(${x + this.frame.left * factor}px, ${y + this.frame.top * factor}px) scale(${factor})`);
      canvas.style.setProperty("clip-path", above ? around(above, this.frame) : "none");
    },
  };
}

/** All of a picture but what lies beneath another one. */
function around(above, frame) {
  const factor = frame.scale / above.scale;
  const left = above.left * factor - frame.left, top = above.top * factor - frame.top;
  const right = left + above.width * factor, bottom = top + above.height * factor;
  const outer = `0 0, 0 ${frame.height}px, ${frame.width}px ${frame.height}px, ${frame.width}px 0, 0 0`;
  return `polygon(evenodd, ${outer}, ${left}px ${top}px, ${left}px ${bottom}px, ${right}px ${bottom}px, ${right}px ${top}px, ${left}px ${top}px)`;
}
