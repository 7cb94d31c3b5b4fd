import { eachSpan } from "./mask/runs.js";
import { HEIGHT } from "./name_tags.js";

// In CSS pixels.
const DOT = 4.5;
const SPECK = 2.5; // what is smaller on screen is a dot of its colour
const MASK = 2.7; // how much denser than other shapes a mask is
const DASH = [6, 4];

/** How far what is drawn of a shape reaches beyond its bounds, in CSS pixels: its line, its dots, its name. @param {any} look */
export function reachOf(look) {
  return Math.max(DOT + 1, look.line, look.names === "always" ? HEIGHT + 2 : 0);
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
  const dash = DASH.map((each) => each / scale);
  const reach = reachOf(look) / scale;
  const [left, top, right, bottom] = bounds;
  scene.within([left - reach, top - reach, right + reach, bottom + reach], (entry) => {
    if (!hidden.has(entry.id)) paintOne(context, entry, scale, dash, look);
  });
  context.globalAlpha = 1;
}

function paintOne(context, entry, scale, dash, look) {
  const { kind, geometry, color, dashed, bounds: [left, top, right, bottom] } = entry;
  if (kind.dots) return dots(context, geometry.points, color, scale);
  if (Math.max(right - left, bottom - top) * scale < SPECK) {
    context.globalAlpha = 1;
    context.fillStyle = color;
    const size = SPECK / scale;
    return context.fillRect((left + right - size) / 2, (top + bottom - size) / 2, size, size);
  }
  if (kind.ragged?.(geometry)) return pixels(context, entry, look);
  entry.path ??= traced(kind, geometry);
  if (kind.filled && !dashed && !look.outlines && look.fill) {
    context.globalAlpha = Math.min(((kind.pixels ? MASK : 1) * look.fill) / 100, 1);
    context.fillStyle = color;
    context.fill(entry.path, "evenodd");
  }
  context.globalAlpha = 1;
  context.strokeStyle = color;
  if (dashed) context.setLineDash(dash);
  context.stroke(entry.path);
  if (dashed) context.setLineDash([]);
}

function traced(kind, geometry) {
  const path = new Path2D();
  kind.trace(path, geometry);
  return path;
}

function dots(context, points, color, scale) {
  context.fillStyle = color;
  for (const [x, y, visibility] of points) {
    if (!visibility) continue;
    context.globalAlpha = visibility === 1 ? 0.5 : 1;
    context.beginPath();
    context.arc(x, y, DOT / scale, 0, 2 * Math.PI);
    context.fill();
  }
}

function pixels(context, entry, { outlines, fill }) {
  const [left, top] = entry.bounds;
  if (entry.outlined !== outlines) [entry.bitmap, entry.outlined] = [null, outlines];
  entry.bitmap ??= tinted(entry, outlines);
  context.globalAlpha = outlines ? 1 : Math.min((MASK * fill) / 100, 1);
  context.imageSmoothingEnabled = false;
  context.drawImage(entry.bitmap, left, top);
}

/** The part of a mask that has anything, in its colour; or only its outermost pixels. */
function tinted({ geometry, color, bounds: [left, top, right, bottom] }, outlines) {
  const canvas = new OffscreenCanvas(Math.max(right - left, 1), Math.max(bottom - top, 1));
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  const word = wordOf(color);
  eachSpan(geometry, (x, from, to) => {
    for (let y = from; y < to; y += 1) words[(y - top) * canvas.width + x - left] = word;
  });
  if (outlines) hollow(words, canvas.width);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Take away each pixel that has others at all four sides. */
function hollow(words, width) {
  const full = words.slice();
  for (let at = width; at < words.length - width; at += 1) {
    const column = at % width;
    if (column && column < width - 1 && full[at - 1] && full[at + 1] && full[at - width] && full[at + width]) words[at] = 0;
  }
}

/** "#rrggbb" as the four bytes of an opaque pixel, the lowest first. */
function wordOf(color) {
  const rgb = parseInt(color.slice(1), 16);
  return (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
