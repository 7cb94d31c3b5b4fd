import { unpacked } from "../lib/packed.js";

const UNCOUNTED = 255; // in the truth: nobody said what is there
const FILLED = 120; // of 255
const WRONG = [229, 72, 77];
const STRIPE = 8; // pixels from one stripe to the next
const NO_COLOR = [136, 136, 136];

/**
 * Ways to look at two maps: what is said over the outlines of what is; one of them; only where they differ.
 * @typedef {"both"|"found"|"truth"|"wrong"} Way
 * @type {[Way, () => string][]}
 */
export const WAYS = [
  ["both", () => gettext("Both")],
  ["found", () => gettext("Said")],
  ["truth", () => gettext("True")],
  ["wrong", () => gettext("Differences")],
];

/**
 * A picture of what is and of what is said.
 *
 * @typedef {{geometry: {size: [number, number], classes: (number|null)[], pixels: string}}} ClassMap of each pixel the place of its class
 * @param {ClassMap} truth @param {ClassMap} found of the same size
 * @param {(id: number) => {color?: string}|undefined} classOf @param {Way} way
 * @returns {Promise<ImageData>}
 */
export async function mapPicture(truth, found, classOf, way) {
  const { size: [height, width], classes } = truth.geometry;
  const colors = classes.map((id) => (id === null ? null : rgb(classOf(id)?.color)));
  const [is, said] = await Promise.all([truth, found].map((each) => unpacked(each.geometry.pixels)));
  return new ImageData(painted({ is, said, width, colors }, way), width, height);
}

/**
 * The pixels of such a picture, from red to opacity.
 * @param {{is: Uint8Array, said: Uint8Array, width: number, colors: (number[]|null)[]}} maps places of classes; colours by place, null where nothing is drawn
 * @param {Way} way
 */
export function painted({ is, said, width, colors }, way) {
  const picture = new Uint8ClampedArray(is.length * 4);
  const put = (at, color, opacity) => color && picture.set([...color, opacity], at * 4);
  for (let at = 0; at < is.length; at += 1) {
    const wrong = is[at] !== UNCOUNTED && is[at] !== said[at];
    if (way === "wrong") {
      if (wrong) put(at, WRONG, 190);
      continue;
    }
    put(at, colors[way === "truth" ? is[at] : said[at]], FILLED);
    if (way !== "both") continue;
    if (wrong && ((at % width) + Math.floor(at / width)) % STRIPE < 2) put(at, WRONG, 210);
    if (edge(is, at, width)) put(at, colors[is[at]], 255);
  }
  return picture;
}

/** Whether another class begins to the right or below. */
function edge(map, at, width) {
  return ((at + 1) % width && map[at] !== map[at + 1]) || (at + width < map.length && map[at] !== map[at + width]);
}

function rgb(color) {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color ?? "");
  return found ? found.slice(1).map((each) => Number.parseInt(each, 16)) : NO_COLOR;
}
