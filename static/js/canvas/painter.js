import { paintMask } from "./mask_painter.js";
import { HEIGHT } from "./name_tags.js";
import { DOT_REACH, paintPoints } from "./point_painter.js";

// In CSS pixels.
const SPECK = 2.5; // what is smaller on screen is a dot of its colour
const DASH = [6, 4];
const OCCLUDED = [2, 3];

/** How far what is drawn of a shape reaches beyond its bounds, in CSS pixels: its line, its dots, its name. @param {any} look */
export function reachOf(look) {
  return Math.max(DOT_REACH, look.line, look.names === "always" ? HEIGHT + 2 : 0);
}

/**
 * Draws shapes into a context whose units are pixels of the image.
 * @param {any} context @param {import("./scene.js").Scene} scene
 * @param {number[]} bounds what of the image is drawn @param {number} scale CSS pixels per pixel of the image
 * @param {Set<string>} hidden ids that are left out @param {any} look as in look.js
 */
export function paint(context, scene, bounds, scale, hidden, look) {
  context.lineWidth = look.line / scale;
  context.lineJoin = "round";
  const dashes = { dashed: DASH.map((each) => each / scale), occluded: OCCLUDED.map((each) => each / scale) };
  const reach = reachOf(look) / scale;
  const [left, top, right, bottom] = bounds;
  const seen = [left - reach, top - reach, right + reach, bottom + reach];
  scene.within(seen, (entry) => {
    if (!hidden.has(entry.id)) paintOne(context, entry, scale, seen, look, dashes);
  });
  context.globalAlpha = 1;
}

function paintOne(context, entry, scale, seen, look, dashes) {
  const { kind, geometry, color, dashed, occluded, bounds: [left, top, right, bottom] } = entry;
  const dash = dashed ? dashes.dashed : occluded ? dashes.occluded : null;
  if (kind.dots) return paintPoints(context, entry, scale, look, dash);
  if (Math.max(right - left, bottom - top) * scale < SPECK) {
    context.globalAlpha = 1;
    context.fillStyle = color;
    const size = SPECK / scale;
    return context.fillRect((left + right - size) / 2, (top + bottom - size) / 2, size, size);
  }
  if (kind.pixels) return paintMask(context, entry, scale, seen, look, dash);
  entry.path ??= traced(kind, geometry);
  if (kind.filled && !dashed && !look.outlines && look.fill) {
    context.globalAlpha = look.fill / 100;
    context.fillStyle = color;
    context.fill(entry.path, "evenodd");
  }
  context.globalAlpha = 1;
  context.strokeStyle = color;
  if (dash) context.setLineDash(dash);
  context.stroke(entry.path);
  if (dash) context.setLineDash([]);
}

function traced(kind, geometry) {
  const path = new Path2D();
  kind.trace(path, geometry);
  return path;
}
