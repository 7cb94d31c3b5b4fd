import { h } from "../lib/dom.js";
import { isLarge, pyramidOf } from "./pyramid.js";
import { TileLayer } from "./tile_layer.js";

const MOST_PIXELS = 60_000_000; // of an original that a browser can show as it is

/** Shows large images through tiles. Until those are made there is the small picture, and how far they are. */
export class DeepZoom {
  #tiles;
  #bar = h("progress", { max: 1 });
  #notice = h("label", { class: "tile-notice", hidden: true }, [h("span", null, gettext("Making all of it ready to zoom in")), this.#bar]);
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
    } catch {
      // It was said in the log of the site; what can be shown without tiles is shown.
    }
    if (wanted()) this.#notice.hidden = true;
  }

  #tell(progress) {
    this.#notice.hidden = false;
    this.#bar.value = progress;
  }
}
