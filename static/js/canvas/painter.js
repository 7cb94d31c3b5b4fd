import { eachRun } from "./kinds/mask.js";

// In CSS pixels.
const LINE = 2;
const DOT = 4.5;
const SPECK = 2.5; // what is smaller on screen is a dot of its colour
const FILL = 0.16;
const MASK = 0.43;
const DASH = [6, 4];

/** Around a shape: how far its line and its dots reach beyond its bounds. */
export const REACH = DOT + 1;

/**
 * Draws shapes into a context whose units are pixels of the image.
 * @param {any} context @param {import("./scene.js").Scene} scene
 * @param {number[]} bounds what of the image is drawn @param {number} scale CSS pixels per pixel of the image
 * @param {Set<string>} hidden ids that are left out
 */
export function paint(context, scene, bounds, scale, hidden) {
  context.lineWidth = LINE / scale;
  context.lineJoin = "round";
  const dash = DASH.map((each) => each / scale);
  const reach = REACH / scale;
  const [left, top, right, bottom] = bounds;
  scene.within([left - reach, top - reach, right + reach, bottom + reach], (entry) => {
    if (!hidden.has(entry.id)) paintOne(context, entry, scale, dash);
  });
  context.globalAlpha = 1;
}

function paintOne(context, entry, scale, dash) {
  const { kind, geometry, color, dashed, bounds: [left, top, right, bottom] } = entry;
  if (kind.dots) return dots(context, geometry.points, color, scale);
  if (Math.max(right - left, bottom - top) * scale < SPECK) {
    context.globalAlpha = 1;
    context.fillStyle = color;
    const size = SPECK / scale;
    return context.fillRect((left + right - size) / 2, (top + bottom - size) / 2, size, size);
  }
  if (kind.pixels) return pixels(context, entry);
  entry.path ??= traced(kind, geometry);
  if (kind.filled && !dashed) {
    context.globalAlpha = FILL;
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

function pixels(context, entry) {
  const [left, top] = entry.bounds;
  entry.bitmap ??= tinted(entry);
  context.globalAlpha = MASK;
  context.imageSmoothingEnabled = false;
  context.drawImage(entry.bitmap, left, top);
}

/** The part of a mask that has anything, in its colour. */
function tinted({ geometry, color, bounds: [left, top, right, bottom] }) {
  const canvas = new OffscreenCanvas(Math.max(right - left, 1), Math.max(bottom - top, 1));
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  const word = wordOf(color);
  const [height] = geometry.size;
  eachRun(geometry, (start, count) => {
    for (let place = start; place < start + count; place += 1) {
      words[((place % height) - top) * canvas.width + Math.floor(place / height) - left] = word;
    }
  });
  context.putImageData(image, 0, 0);
  return canvas;
}

/** "#rrggbb" as the four bytes of an opaque pixel, the lowest first. */
function wordOf(color) {
  const rgb = parseInt(color.slice(1), 16);
  return (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
