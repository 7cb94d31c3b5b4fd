import { curveOf, isNeutral, matrixOf } from "./adjustments.js";
import { svg } from "./svg_path.js";

const NAME = "picture-filter";

/**
 * Shows a picture adjusted, by an SVG filter: the only kind that knows curves and channels in every browser.
 *
 * It lies on what is as large as the stage, never on the picture: a filter costs by the pixels of what it is on.
 */
export class PictureFilter {
  #target;
  #filter = svg("filter", { id: NAME, x: 0, y: 0, width: "100%", height: "100%", "color-interpolation-filters": "sRGB" });

  /** @param {HTMLElement} target what is shown through it @param {HTMLElement} place where the filter's own element may lie */
  constructor(target, place) {
    this.#target = target;
    const holder = svg("svg", { class: "canvas-filter", "aria-hidden": "true", width: 0, height: 0 });
    holder.append(this.#filter);
    place.append(holder);
  }

  /** @param {any} values as in adjustments.js */
  show(values) {
    const neutral = isNeutral(values);
    if (!neutral) this.#filter.replaceChildren(...parts(values));
    this.#target.style.setProperty("filter", neutral ? "none" : `url(#${NAME})`);
  }
}

function parts(values) {
  const matrix = matrixOf(values);
  const tableValues = curveOf(values).join(" ");
  const transfer = svg("feComponentTransfer");
  transfer.append(...["R", "G", "B"].map((channel) => svg(`feFunc${channel}`, { type: "table", tableValues })));
  return matrix ? [svg("feColorMatrix", { type: "matrix", values: matrix.join(" ") }), transfer] : [transfer];
}
