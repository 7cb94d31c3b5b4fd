import { Spans } from "./spans.js";

/**
 * What a round tip covers on its way: every pixel whose middle it touches, and always those under its own middle.
 * @param {[number, number]} size height and width of the image
 * @param {number[][]} points of the way, in pixels of the image @param {number} diameter
 * @returns {import("./runs.js").Mask}
 */
export function strokeMask(size, points, diameter) {
  const spans = new Spans(size);
  for (const [index, to] of points.entries()) {
    addPiece(spans, points[Math.max(index - 1, 0)], to, diameter / 2);
    spans.add(Math.floor(to[0]), Math.floor(to[1]), Math.floor(to[1]) + 1);
  }
  return spans.mask;
}

/** The tip along a straight line: in each column it covers one piece, for it is convex. */
function addPiece(spans, a, b, radius) {
  const first = Math.ceil(Math.min(a[0], b[0]) - radius - 0.5), last = Math.floor(Math.max(a[0], b[0]) + radius - 0.5);
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const across = [(-(b[1] - a[1]) / length) * radius, ((b[0] - a[0]) / length) * radius];
  const corners = [[a[0] + across[0], a[1] + across[1]], [b[0] + across[0], b[1] + across[1]], [b[0] - across[0], b[1] - across[1]], [a[0] - across[0], a[1] - across[1]]];
  for (let x = first; x <= last; x += 1) {
    const middle = x + 0.5;
    let low = Infinity, high = -Infinity;
    const take = (y) => {
      low = Math.min(low, y);
      high = Math.max(high, y);
    };
    for (const [px, py] of [a, b]) {
      const half = radius * radius - (middle - px) * (middle - px);
      if (half >= 0) [py - Math.sqrt(half), py + Math.sqrt(half)].forEach(take);
    }
    for (let index = 0; index < 4; index += 1) {
      const [ax, ay] = corners[index], [bx, by] = corners[(index + 1) % 4];
      if (ax !== bx && Math.min(ax, bx) <= middle && middle <= Math.max(ax, bx)) take(ay + ((by - ay) * (middle - ax)) / (bx - ax));
    }
    spans.add(x, Math.ceil(low - 0.5), Math.floor(high - 0.5) + 1);
  }
}
