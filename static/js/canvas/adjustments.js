/** How the picture is shown: lighter, steeper, one channel of it. What is stored and exported is not touched. Knows no DOM. */

export const NEUTRAL = Object.freeze({ brightness: 0, contrast: 0, gamma: 1, invert: false, channel: "all" });
export const CHANNELS = ["all", "red", "green", "blue", "grey"];
export const RANGES = { brightness: [-100, 100], contrast: [-100, 100], gamma: [0.2, 5] };

const STEPS = 64; // of the curve, between which browsers draw straight lines
const STEEPEST = 8; // what contrast 100 makes of a slope of 1
const GREY = [0.2126, 0.7152, 0.0722];

/** What was kept somewhere, with all that is missing or makes no sense as it is at first. @param {any} kept */
export function adjustmentsOf(kept) {
  const made = { ...NEUTRAL, invert: kept?.invert === true, channel: CHANNELS.includes(kept?.channel) ? kept.channel : "all" };
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    if (Number.isFinite(kept?.[name])) made[name] = Math.min(Math.max(kept[name], least), most);
  }
  return made;
}

export function isNeutral(values) {
  return Object.entries(NEUTRAL).every(([name, value]) => values[name] === value);
}

/** What becomes of each level from dark to light, all from 0 to 1. */
export function curveOf({ brightness, contrast, gamma, invert }) {
  const slope = contrast < 0 ? 1 + contrast / 100 : STEEPEST ** (contrast / 100);
  return Array.from({ length: STEPS + 1 }, (_none, step) => {
    const bent = (step / STEPS) ** (1 / gamma);
    const level = Math.min(Math.max((bent - 0.5) * slope + 0.5 + brightness / 100, 0), 1);
    return Math.round((invert ? 1 - level : level) * 1000) / 1000;
  });
}

/** The twenty numbers of a colour matrix that shows one channel as grey, or null for all of them. */
export function matrixOf({ channel }) {
  const weights = { red: [1, 0, 0], green: [0, 1, 0], blue: [0, 0, 1], grey: GREY }[channel];
  if (!weights) return null;
  const row = [...weights, 0, 0];
  return [...row, ...row, ...row, 0, 0, 0, 1, 0];
}

/** One step lighter, steeper or bent more; ten of them for the whole way. @param {"brightness"|"contrast"|"gamma"} name @param {number} by */
export function stepped(values, name, by) {
  const next = name === "gamma" ? values.gamma * 1.2 ** by : values[name] + 10 * by;
  return adjustmentsOf({ ...values, [name]: name === "gamma" && Math.abs(next - 1) < 0.05 ? 1 : Math.round(next * 100) / 100 });
}

export function nextChannel(values) {
  return { ...values, channel: CHANNELS[(CHANNELS.indexOf(values.channel) + 1) % CHANNELS.length] };
}
