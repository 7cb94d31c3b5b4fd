/**
 * What kinds of shapes share: all of it about points [x, y] in pixels of the image.
 *
 * @typedef {[number, number, number, number]} Bounds left, top, right, bottom
 */

/** @param {number[][]} points @returns {Bounds} */
export function boundsOf(points) {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return [left, top, right, bottom];
}

export const moved = (points, dx, dy) => points.map(([x, y, ...rest]) => [x + dx, y + dy, ...rest]);

/** The point turned about a centre, degrees clockwise on screen. @param {number[]} point @param {number[]} centre @param {number} degrees */
export function turned([x, y], [cx, cy], degrees) {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle), sin = Math.sin(angle);
  return [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos];
}

/** From a point to a line of points; to the ring that they make where `closed`. */
export function distanceToLine(points, x, y, closed) {
  let nearest = Infinity;
  for (let index = closed ? 0 : 1; index < points.length; index += 1) {
    nearest = Math.min(nearest, distanceToPiece(points.at(index - 1), points[index], x, y));
  }
  return points.length === 1 ? Math.hypot(points[0][0] - x, points[0][1] - y) : nearest;
}

/** The points with another one between the two whose line is nearest to it. */
export function withPoint(points, point, closed) {
  const first = closed ? 0 : 1;
  const distances = points.slice(first).map((each, index) => distanceToPiece(points.at(first + index - 1), each, point[0], point[1]));
  return points.toSpliced(first + leastAt(distances), 0, point);
}

/** The place of the least number, also among more than one call takes. @param {number[]} numbers */
export const leastAt = (numbers) => numbers.reduce((found, each, index) => (each < numbers[found] ? index : found), 0);

/** The place on a straight line between two points that is nearest to another one. @param {number[]} a @param {number[]} b */
export function footOn([ax, ay], [bx, by], x, y) {
  const dx = bx - ax, dy = by - ay;
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return [ax + along * dx, ay + along * dy];
}

/** @param {number[]} a @param {number[]} b */
export function distanceToPiece(a, b, x, y) {
  const [footX, footY] = footOn(a, b, x, y);
  return Math.hypot(footX - x, footY - y);
}

/** Whether rings hold a point, holes left out (even-odd). */
export function holds(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
      const [ax, ay] = ring[index], [bx, by] = ring[before];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** @param {number[][]} ring */
export function ringArea(ring) {
  let twice = 0;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
    twice += ring[before][0] * ring[index][1] - ring[index][0] * ring[before][1];
  }
  return Math.abs(twice) / 2;
}

/** @param {any} path Path2D or a context */
export function traceLine(path, points, closed) {
  for (const [index, [x, y]] of points.entries()) index ? path.lineTo(x, y) : path.moveTo(x, y);
  if (closed) path.closePath();
}

/** Whether something lies wholly outside an image. @param {number[]} bounds @param {{width: number, height: number}} image */
export const beyond = ([left, top, right, bottom], { width, height }) => left >= width || top >= height || right <= 0 || bottom <= 0;

export const between = (value, least, most) => Math.min(Math.max(value, least), most);
