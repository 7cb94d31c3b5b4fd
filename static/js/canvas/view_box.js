const LARGEST = 40;
const LARGEST_FIT = 16;
const LARGEST_PART = 16; // to which a small shape is magnified
const AROUND = 0.6; // of the stage's sides, what a shape takes that is zoomed to

/** Which part of an image is seen: scale in CSS pixels per image pixel, and where the image's corner is. Knows no DOM. */
export class ViewBox {
  scale = 1;
  x = 0;
  y = 0;
  #image = { width: 1, height: 1 };
  #stage = { width: 1, height: 1 };
  #fitted = true;

  /** The size of the stage in CSS pixels. */
  get stage() {
    return this.#stage;
  }

  get fitted() {
    return this.#fitted;
  }

  get fitScale() {
    return Math.min(this.#stage.width / this.#image.width, this.#stage.height / this.#image.height, LARGEST_FIT);
  }

  /** @param {{width: number, height: number}} image */
  show(image) {
    this.#image = image;
    this.fit();
  }

  /** @param {{width: number, height: number}} stage */
  resize(stage) {
    this.#stage = stage;
    if (this.#fitted) this.fit();
    else this.#keepInside();
  }

  fit() {
    this.scale = this.fitScale;
    this.#fitted = true;
    this.#keepInside();
  }

  /** Zoom by a factor; the point of the stage stays where it is. */
  zoom(factor, at) {
    const scale = Math.min(Math.max(this.scale * factor, Math.min(this.fitScale, 1) / 2), LARGEST);
    this.x = at.x - ((at.x - this.x) * scale) / this.scale;
    this.y = at.y - ((at.y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.#fitted = false;
    this.#keepInside();
  }

  /** One image pixel per screen pixel. */
  actual(at) {
    this.zoom(1 / this.scale, at);
  }

  /** As large as this part of the image can be seen with some of what is around it. @param {number[]} bounds left, top, right, bottom */
  zoomTo([left, top, right, bottom]) {
    const { width, height } = this.#stage;
    const scale = Math.min((AROUND * width) / Math.max(right - left, 1), (AROUND * height) / Math.max(bottom - top, 1), LARGEST_PART);
    this.zoom(scale / this.scale, { x: 0, y: 0 });
    this.centre((left + right) / 2, (top + bottom) / 2);
  }

  /** Bring a place of the image into the middle of the stage. */
  centre(x, y) {
    this.pan(this.#stage.width / 2 - x * this.scale - this.x, this.#stage.height / 2 - y * this.scale - this.y);
  }

  /** The part of the image that is seen, in its pixels. */
  get seen() {
    const left = Math.max(-this.x / this.scale, 0), top = Math.max(-this.y / this.scale, 0);
    const right = Math.min((this.#stage.width - this.x) / this.scale, this.#image.width);
    const bottom = Math.min((this.#stage.height - this.y) / this.scale, this.#image.height);
    return { left, top, width: right - left, height: bottom - top };
  }

  /** Between the whole image and one image pixel per screen pixel; small images that fill the stage double. */
  toggle(at) {
    if (!this.#fitted) this.fit();
    else this.zoom(this.fitScale < 1 ? 1 / this.fitScale : 2, at);
  }

  pan(byX, byY) {
    this.x += byX;
    this.y += byY;
    this.#fitted = false;
    this.#keepInside();
  }

  #keepInside() {
    this.x = inside(this.x, this.#image.width * this.scale, this.#stage.width);
    this.y = inside(this.y, this.#image.height * this.scale, this.#stage.height);
  }
}

/** Centred when it is smaller than the stage; otherwise no gap at either side. */
function inside(start, length, room) {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, start));
}
