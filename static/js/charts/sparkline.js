const SPACE = "http://www.w3.org/2000/svg";

/**
 * A word-sized line.
 *
 * @param {number[]} values
 * @param {{width?: number, height?: number, label?: string}} options
 */
export function sparkline(values, { width = 96, height = 24, label = "" } = {}) {
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("class", "sparkline");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const line = document.createElementNS(SPACE, "polyline");
  line.setAttribute("points", points(values, width, height));
  svg.append(line);
  return svg;
}

/** @param {number[]} values @param {number} width @param {number} height */
export function points(values, width, height) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const step = values.length > 1 ? (width - 4) / (values.length - 1) : 0;
  return values.map((value, index) => `${(2 + index * step).toFixed(1)},${(height - 2 - ((value - low) / span) * (height - 4)).toFixed(1)}`).join(" ");
}
