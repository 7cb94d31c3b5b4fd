import { h } from "../lib/dom.js";
import { isLarge, pyramidOf } from "./pyramid.js";
import { TileLayer } from "./tile_layer.js";

const MOST_PIXELS = 60_000_000; // of an original that a browser can show as it is

/** Shows large images through tiles. Until those are made there is the small picture, and how far they are. */
export class DeepZoom {
  #tiles;
  #bar = h("progress", { max: 1 });
  #words = h("span");
  #notice = h("label", { class: "tile-notice", hidden: true }, [this.#words, this.#bar]);
  #frame;
  #item = /** @type {any} */ (null);

  /** @param {HTMLElement} pane where tiles are drawn @param {HTMLElement} frame the small picture @param {HTMLElement} stage */
  constructor(pane, frame, stage) {
    this.#frame = frame;
    this.#tiles = new TileLayer(pane);
    stage.append(this.#notice);
  }

  /** Whether the original itself is not to be shown: there are tiles, or it would be too much for a browser. */
  get takes() {
    return this.#tiles.shown || (Boolean(this.#item) && this.#item.width * this.#item.height > MOST_PIXELS);
  }

  /** @param {any} item @param {HTMLElement} picture */
  show(item, picture) {
    this.clear();
    if (!isLarge(item)) return;
    this.#item = item;
    this.#open(item, picture);
  }

  clear() {
    this.#item = null;
    this.#notice.hidden = true;
    this.#tiles.clear();
    this.#frame.classList.remove("tiled");
  }

  /** @param {import("./view_box.js").ViewBox} view @param {boolean} pixels */
  look(view, pixels) {
    this.#tiles.look(view, pixels);
  }

  async #open(item, picture) {
    const wanted = () => this.#item === item;
    try {
      const pyramid = await pyramidOf(item.id, (progress) => this.#tell(progress), wanted);
      if (!pyramid) return;
      this.#tiles.show(item, pyramid, picture);
      this.#frame.classList.add("tiled");
      this.#notice.hidden = true;
    } catch (error) {
      if (wanted()) this.#fail(error);
    }
  }

  #tell(progress) {
    this.#say(gettext("Making all of it ready to zoom in"), true);
    this.#bar.value = progress;
  }

  /** What a browser can show without tiles is shown; of the rest somebody has to know why it stays blurred. */
  #fail(error) {
    if (this.takes) this.#say(interpolate(gettext("This image cannot be made ready to zoom in: %s"), [error.message]), false);
    else this.#notice.hidden = true;
  }

  #say(text, working) {
    this.#words.textContent = text;
    this.#bar.hidden = !working;
    this.#notice.hidden = false;
  }
}
