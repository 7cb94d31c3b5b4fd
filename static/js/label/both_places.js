import { api } from "../api/client.js";
import { kindOf } from "../canvas/kinds/index.js";
import { linesOf } from "../canvas/kinds/keypoints.js";
import { outline, svg } from "../canvas/svg_path.js";

const BESIDE = 0.4; // of what the shapes take, shown on each side
const LEAST = 40; // pixels of the image
const DOT = 0.012; // of the part that is shown

/**
 * What two people made of the same shapes, on the image around them.
 * @param {number} image @param {any[][]} pairs mine and theirs, null for one that is deleted @param {Map<number, any>} classes
 * @returns {SVGElement}
 */
export function bothPlaces(image, pairs, classes) {
  const { left, top, width, height } = partAround(pairs.flat().filter(Boolean));
  const picture = svg("svg", { class: "label-both", viewBox: `${left} ${top} ${width} ${height}`, role: "img", "aria-label": gettext("Both versions on the image") });
  const lines = (side, name) => {
    const group = svg("g", { class: name });
    for (const each of pairs.map((pair) => pair[side]).filter(Boolean)) group.append(...drawn(each, classes, DOT * Math.max(width, height)));
    return group;
  };
  picture.append(lines(1, "halo"), lines(0, "halo"), lines(0, "mine"), lines(1, "theirs"));
  api.get(`/api/images/${image}/`).then((item) => {
    picture.prepend(svg("image", { href: item.display, width: item.width, height: item.height, preserveAspectRatio: "none" }));
  }, () => {}); // the outlines say enough
  return picture;
}

/** The part of the image that these shapes lie in, with something around it. @param {{shape: string, geometry: any}[]} shapes */
export function partAround(shapes) {
  const all = shapes.map(({ shape, geometry }) => kindOf(shape).bounds(geometry));
  const [left, top] = [0, 1].map((side) => Math.min(...all.map((each) => each[side])));
  const [right, bottom] = [2, 3].map((side) => Math.max(...all.map((each) => each[side])));
  const beside = BESIDE * Math.max(right - left, bottom - top, LEAST);
  return { left: left - beside, top: top - beside, width: right - left + 2 * beside, height: bottom - top + 2 * beside };
}

function drawn({ shape, geometry, class: label }, classes, r) {
  const kind = kindOf(shape);
  if (!kind.dots) return [svg("path", { d: outline(kind, geometry) })];
  const lines = linesOf(geometry.points, classes.get(label)).map(([[ax, ay], [bx, by]]) => svg("path", { d: `M${ax} ${ay}L${bx} ${by}` }));
  return [...lines, ...geometry.points.filter((point) => point[2]).map(([cx, cy]) => svg("circle", { cx, cy, r }))];
}
