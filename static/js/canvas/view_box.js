const LARGEST = 40;
const LARGEST_FIT = 16;

/** Which part of an image is seen: scale in CSS pixels per image pixel, and where the image's corner is. Knows no DOM. */
export class ViewBox {
  scale = 1;
  x = 0;
  y = 0;
  #image = { width: 1, height: 1 };
  #stage = { width: 1, height: 1 };
  #fitted = true;

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
