import { linesOf } from "./kinds/keypoints.js";

// In CSS pixels.
const DOT = 4.5;
const SMALL = 48; // below, dots shrink with the shape, so that they do not cover each other
const TINY = 14; // below, they are left out where there are lines
const FULL = 2 * Math.PI;

/** How far a dot reaches beyond the bounds of its shape, in CSS pixels. */
export const DOT_REACH = DOT + 1;

/** Keypoints: lines, then dots in one path each, hidden ones hollow. @param {any} context @param {any} entry as Scene has it @param {number} scale @param {any} look @param {number[]|null} dash */
export function paintPoints(context, { geometry: { points }, skeleton, color, bounds: [left, top, right, bottom] }, scale, look, dash) {
  const size = Math.max(right - left, bottom - top) * scale;
  const lines = linesOf(points, { skeleton });
  context.globalAlpha = 1;
  context.strokeStyle = context.fillStyle = color;
  if (lines.length) strokeLines(context, lines, dash);
  if (size < TINY && lines.length) return;
  const radius = (points.length > 1 ? DOT * Math.min(Math.max(size / Math.min(SMALL, 8 * points.length), 0.4), 1) : DOT) / scale;
  dots(context, points, 2, radius);
  context.fill();
  if (!points.some(([, , visibility]) => visibility === 1)) return;
  context.lineWidth = 1.5 / scale;
  dots(context, points, 1, radius);
  context.stroke();
  context.lineWidth = look.line / scale;
}

function strokeLines(context, lines, dash) {
  context.beginPath();
  for (const [[ax, ay], [bx, by]] of lines) {
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
  }
  if (dash) context.setLineDash(dash);
  context.stroke();
  if (dash) context.setLineDash([]);
}

function dots(context, points, wanted, radius) {
  context.beginPath();
  for (const [x, y, visibility] of points) {
    if (visibility !== wanted) continue;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, FULL);
  }
}
