import { outlineOf } from "./mask/outline.js";
import { eachSpan } from "./mask/runs.js";
import { simplifiedRings } from "./mask/simplify.js";
import { boundsOf, traceLine } from "./kinds/points.js";

const DENSER = 2.7; // than other shapes is the fill of a mask
const EXACT_FROM = 1.5; // CSS pixels per pixel of the image: from here on the corners of pixels are seen
const TOLERANCE = 0.6; // pixels that nobody sees below that scale; twice as many at half of it
const BESIDE = 0.35; // pixels of the screen, along both axes
const PIECE = 96; // points of an outline that are left out together where they are not seen

/**
 * A mask with its outline. To draw a line takes much longer than to fill: of an outline only pieces that are seen are
 * drawn, and with no more points than are seen at that scale.
 * @param {any} context @param {any} entry @param {number} scale CSS pixels per pixel of the image
 * @param {number[]} seen bounds @param {any} look as in look.js @param {number[]|null} dash
 */
export function paintMask(context, entry, scale, seen, look, dash) {
  const { kind, geometry, color, dashed } = entry;
  if (kind.ragged(geometry)) return pixels(context, entry, look);
  const { area, pieces } = outlined(entry, scale);
  if (!dashed && !look.outlines && look.fill) {
    context.globalAlpha = Math.min((DENSER * look.fill) / 100, 1);
    context.fillStyle = color;
    context.fill(area, "evenodd");
  }
  context.globalAlpha = 1;
  context.strokeStyle = color;
  const near = pieces.filter(({ bounds: [left, top, right, bottom] }) => left <= seen[2] && right >= seen[0] && top <= seen[3] && bottom >= seen[1]);
  context.save();
  context.lineJoin = "miter"; // twice as fast as round
  if (dash) context.setLineDash(dash);
  draw(context, near, look.line / scale);
  context.restore();
}

/** Lines as thin as a pixel of the screen are drawn ten times as fast as others: two of them beside each other are as good as one of two pixels. */
function draw(context, pieces, width) {
  const pixel = 1 / context.getTransform().a;
  const thin = width > pixel && width <= 2 * pixel;
  context.lineWidth = thin ? pixel : width;
  for (const beside of thin ? [-BESIDE, 2 * BESIDE] : [0]) {
    context.translate(beside * pixel, beside * pixel);
    for (const { line } of pieces) context.stroke(line);
  }
}

/** Kept for each level of detail. */
function outlined(entry, scale) {
  const level = Math.max(0, Math.ceil(Math.log2(EXACT_FROM / scale)));
  entry.levels ??= new Map();
  if (!entry.levels.has(level)) entry.levels.set(level, made(entry.geometry, level ? TOLERANCE * 2 ** (level - 1) : 0));
  return entry.levels.get(level);
}

function made(geometry, tolerance) {
  const area = new Path2D();
  const pieces = [];
  for (const { outer, holes } of outlineOf(geometry)) {
    for (const ring of tolerance ? simplifiedRings([outer, ...holes], tolerance) : [outer, ...holes]) {
      traceLine(area, ring, true);
      const around = [...ring, ring[0], ring[1]]; // each piece goes on a little, for the corner where the next begins
      for (let first = 0; first < ring.length; first += PIECE) {
        const points = around.slice(first, first + PIECE + 2);
        const line = new Path2D();
        traceLine(line, points, false);
        pieces.push({ line, bounds: boundsOf(points) });
      }
    }
  }
  return { area, pieces };
}

/** Masks that are snow rather than a shape: filled, or only their outermost pixels. */
function pixels(context, entry, { outlines, fill }) {
  const [left, top] = entry.bounds;
  if (entry.outlined !== outlines) [entry.bitmap, entry.outlined] = [null, outlines];
  entry.bitmap ??= tinted(entry, outlines);
  context.globalAlpha = outlines ? 1 : Math.min((DENSER * fill) / 100, 1);
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
