const SPACE = "http://www.w3.org/2000/svg";

/**
 * A word-sized line.
 *
 * @param {number[]} values
 * @param {{width?: number, height?: number, label?: string, low?: number, high?: number, at?: number}} options values at the lower and
 *   upper edge, by themselves the lowest and highest; the place that has a dot
 */
export function sparkline(values, { width = 96, height = 24, label = "", low, high, at } = {}) {
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("class", "sparkline");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const line = document.createElementNS(SPACE, "polyline");
  const places = points(values, width, height, low, high);
  line.setAttribute("points", places);
  svg.append(line);
  if (at !== undefined) {
    const dot = document.createElementNS(SPACE, "circle");
    const [x, y] = places.split(" ")[at].split(",");
    for (const [name, value] of [["cx", x], ["cy", y], ["r", "2"]]) dot.setAttribute(name, value);
    svg.append(dot);
  }
  return svg;
}

/** @param {number[]} values @param {number} width @param {number} height @param {number} [low] @param {number} [high] */
export function points(values, width, height, low = Math.min(...values), high = Math.max(...values)) {
  const span = high - low || 1;
  const step = values.length > 1 ? (width - 4) / (values.length - 1) : 0;
  return values.map((value, index) => `${(2 + index * step).toFixed(1)},${(height - 2 - ((value - low) / span) * (height - 4)).toFixed(1)}`).join(" ");
}
