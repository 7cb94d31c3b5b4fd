/** How shapes look: their names, colours, lines and fill. Knows no DOM: it serves the page and the worker alike. */

export const FIRST_LOOK = Object.freeze({
  names: "hover", // off, hover (on what is pointed at or selected), always
  sizes: false,
  colors: "class", // class, instance, source
  fill: 16, // percent
  outlines: false,
  line: 2, // CSS pixels
  crosshair: true,
  minimap: true,
});

export const SOURCE_COLORS = { manual: "#3b82f6", auto: "#f97316", "semi-auto": "#a855f7", file: "#14b8a6" };

const CHOICES = { names: ["off", "hover", "always"], colors: ["class", "instance", "source"] };
const RANGES = { fill: [0, 80], line: [1, 6] };
const NO_CLASS = "#888888";
const GOLDEN_ANGLE = 137.508; // neighbours in a row of these hues are far apart, however many there are

/** What was kept somewhere, with all that is missing or makes no sense as it is at first. @param {any} kept */
export function lookOf(kept) {
  const made = /** @type {any} */ ({ ...FIRST_LOOK });
  for (const [name, first] of Object.entries(FIRST_LOOK)) {
    const value = kept?.[name];
    if (typeof value !== typeof first) continue;
    if (CHOICES[name] && !CHOICES[name].includes(value)) continue;
    if (RANGES[name]) made[name] = Math.min(Math.max(Math.round(value), RANGES[name][0]), RANGES[name][1]) || RANGES[name][0];
    else made[name] = value;
  }
  return made;
}

/** @param {any} label an annotation or a suggestion @param {any} labelClass its class, if there is one @param {string} colors what colours tell */
export function colorOf(label, labelClass, colors) {
  if (colors === "instance") return colorOfInstance(label.id);
  if (colors === "source") return SOURCE_COLORS[label.source] ?? NO_CLASS;
  return labelClass?.color ?? NO_CLASS;
}

/** Each shape has a colour of its own, the same one at every visit. @param {string} id */
export function colorOfInstance(id) {
  let number = 0;
  for (let place = 0; place < id.length; place += 1) number = (number * 31 + id.charCodeAt(place)) % 1_000_003;
  return hex((number * GOLDEN_ANGLE) % 360);
}

/** What is written at a shape. @param {{name?: string, kind: any, geometry: any, bounds?: number[]}} entry @param {any} look */
export function textOf({ name = "", kind, geometry, bounds }, look) {
  if (!look.sizes) return name;
  const [left, top, right, bottom] = bounds ?? kind.bounds(geometry);
  const [width, height] = geometry.box ? geometry.box.slice(2) : geometry.radii ? geometry.radii.map((each) => 2 * each) : [right - left, bottom - top];
  return `${name} ${Math.round(width)} × ${Math.round(height)}`.trim();
}

/** White or black, whatever can be read better on this colour. @param {string} color "#rrggbb" */
export function inkOn(color) {
  const rgb = parseInt(color.slice(1), 16);
  return 0.299 * (rgb >> 16) + 0.587 * ((rgb >> 8) & 255) + 0.114 * (rgb & 255) > 150 ? "#000000" : "#ffffff";
}

/** A hue at saturation 75 % and lightness 50 %. */
function hex(hue) {
  const channel = (shift) => {
    const place = (shift + hue / 30) % 12;
    const level = 0.5 - 0.375 * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(level * 255).toString(16).padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
