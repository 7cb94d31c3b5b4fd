import { kindOf } from "../canvas/kinds/index.js";
import { outline } from "../canvas/svg_path.js";
import { h } from "../lib/dom.js";

const SIZE = 56; // CSS pixels
const AROUND = 0.3; // of the shape, seen around it

/** A shape on its part of the picture. @param {{shape: string, geometry: any}} row @param {HTMLImageElement|null} picture @param {{width: number, height: number}} image @param {string} color */
export function thumbnail({ shape, geometry }, picture, image, color) {
  const ratio = globalThis.devicePixelRatio || 1;
  const canvas = h("canvas", { class: "revisions-thumbnail", width: SIZE * ratio, height: SIZE * ratio, "aria-hidden": "true" });
  const kind = kindOf(shape);
  const context = canvas.getContext("2d");
  if (!kind || !context) return canvas;
  const [left, top, right, bottom] = kind.bounds(geometry);
  const side = Math.max(right - left, bottom - top, 8) * (1 + 2 * AROUND);
  const scale = (SIZE * ratio) / side;
  context.setTransform(scale, 0, 0, scale, (side / 2 - (left + right) / 2) * scale, (side / 2 - (top + bottom) / 2) * scale);
  if (picture?.naturalWidth) context.drawImage(picture, 0, 0, image.width, image.height);
  const path = new Path2D(outline(kind, geometry));
  if (kind.dots) for (const [x, y, visibility] of geometry.points) if (visibility) path.rect(x - 1 / scale, y - 1 / scale, 2 / scale, 2 / scale);
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = (2 * ratio) / scale;
  context.stroke(path);
  if (kind.filled) {
    context.globalAlpha = 0.25;
    context.fill(path, "evenodd");
  }
  return canvas;
}
