import { inkOn, textOf } from "./look.js";

// In CSS pixels.
export const HEIGHT = 15;
export const PAD = 4;
export const FONT = "11px system-ui, sans-serif";
const BASELINE = 11;
const MOST_WIDTHS = 5000;

const widths = new Map();

/**
 * Names of shapes, drawn after all of them. One is only there where its shape is as wide on screen as the name: which
 * ones are follows from the shape alone, so that pieces painted one after the other fit together.
 *
 * @param {any} context @param {import("./scene.js").Scene} scene @param {number[]} bounds what of the image is drawn
 * @param {any} frame as Raster has it @param {Set<string>} hidden @param {any} look as in look.js
 */
export function paintNames(context, scene, bounds, frame, hidden, look) {
  const scale = frame.scale / frame.ratio;
  const [left, top, right, bottom] = bounds;
  context.setTransform(frame.ratio, 0, 0, frame.ratio, -frame.left, -frame.top);
  context.font = FONT;
  context.globalAlpha = 1;
  const reach = (HEIGHT + PAD) / scale;
  scene.within([left - reach, top - reach, right + reach, bottom + reach], (entry) => {
    const room = (entry.bounds[2] - entry.bounds[0]) * scale;
    if (room < 2 * HEIGHT || hidden.has(entry.id)) return;
    const text = textOf(entry, look);
    const width = widthOf(context, text) + 2 * PAD;
    if (width > room || width === 2 * PAD) return;
    const [x, y] = placeOf(entry.bounds, scale);
    context.fillStyle = entry.color;
    context.fillRect(x, y, width, HEIGHT);
    context.fillStyle = inkOn(entry.color);
    context.fillText(text, x + PAD, y + BASELINE);
  });
}

/** Where a name's corner is, in CSS pixels from the image's: above its shape, inside at the upper edge of the image. @param {number[]} bounds @param {number} scale */
export function placeOf([left, top], scale) {
  return [left * scale, Math.max(top * scale - HEIGHT - 1, 0)];
}

function widthOf(context, text) {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size >= MOST_WIDTHS) widths.clear();
    widths.set(text, (width = context.measureText(text).width));
  }
  return width;
}
