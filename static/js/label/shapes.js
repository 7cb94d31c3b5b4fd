const SVG = "http://www.w3.org/2000/svg";

/**
 * Existing shapes as SVG elements in pixels of the image; null for what is not drawn so (tags and masks).
 * @param {{shape: string, geometry: any}} annotation
 */
export function drawn({ shape, geometry }) {
  return DRAWN[shape]?.(geometry) ?? null;
}

const DRAWN = {
  box: ({ box: [x, y, width, height] }) => element("rect", { x, y, width, height }),
  rotated_box: ({ box: [x, y, width, height], angle }) =>
    element("rect", { x, y, width, height, transform: `rotate(${angle} ${x + width / 2} ${y + height / 2})` }),
  polygon: ({ rings }) => element("path", { d: rings.map((ring) => `M${ring.map((point) => point.join(" ")).join("L")}Z`).join(""), "fill-rule": "evenodd" }),
  polyline: ({ points }) => element("polyline", { points: points.map((point) => point.join(",")).join(" "), class: "line" }),
  ellipse: ({ center: [cx, cy], radii: [rx, ry], angle }) => element("ellipse", { cx, cy, rx, ry, transform: `rotate(${angle} ${cx} ${cy})` }),
  keypoints: ({ points }) => {
    const group = element("g", {});
    for (const [x, y, visibility] of points) {
      // A line without length and with a round end is a dot that keeps its size while zooming.
      if (visibility) group.append(element("path", { d: `M${x} ${y}h0`, class: visibility === 1 ? "dot hidden-dot" : "dot" }));
    }
    return group;
  },
};

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * Fill a mask (COCO run lengths, column-major) into pixels.
 * @param {Uint8ClampedArray} pixels RGBA, row-major @param {any} geometry @param {number[]} rgba
 */
export function fillMask(pixels, { size: [height, width], counts }, rgba) {
  let position = 0;
  for (const [index, count] of counts.entries()) {
    if (index % 2) {
      for (let at = position; at < position + count; at += 1) {
        pixels.set(rgba, ((at % height) * width + Math.floor(at / height)) * 4);
      }
    }
    position += count;
  }
}
