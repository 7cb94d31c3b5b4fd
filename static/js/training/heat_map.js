import { unpacked } from "../lib/packed.js";

// From what hardly speaks for a class to what most does: dark violet, red, yellow.
const STOPS = [[46, 16, 101], [220, 38, 38], [253, 224, 71]];

/**
 * How much each place speaks for a class, as the engine tells it.
 * @typedef {{class_id: number, size: [number, number], pixels: string}} Heat
 * @param {Heat} heat @returns {Promise<{picture: ImageData, empty: boolean}>} empty: no place does
 */
export async function heatPicture({ size: [height, width], pixels }) {
  const values = await unpacked(pixels);
  return { picture: new ImageData(heatColors(values), width, height), empty: values.every((each) => !each) };
}

/** @param {Uint8Array} values 0..255 @returns from red to opacity, for each */
export function heatColors(values) {
  const colors = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, at) => {
    const place = (value / 255) * (STOPS.length - 1);
    const from = Math.min(Math.floor(place), STOPS.length - 2);
    const mixed = STOPS[from].map((each, channel) => each + (place - from) * (STOPS[from + 1][channel] - each));
    colors.set([...mixed, value], at * 4);
  });
  return colors;
}
