import { number } from "../lib/format.js";

const AGREES = 0.999;

/** Whether an export decides as its model does, but for a decision in a thousand. @param {{agreement: number}} comparison */
export function isExact({ agreement }) {
  return agreement >= AGREES;
}

/** 0.0000012 -> "1.2e-6"; nothing at all is "none". @param {number} value */
export function differenceText(value) {
  if (!value) return gettext("none");
  return value >= 0.001 ? number(value, { maximumSignificantDigits: 2 }) : value.toExponential(1);
}

/** "2.3×" of what the model makes in the same time. @param {[number, number]} rates of the model and of the export */
export function timesAsFast([model, made]) {
  return `${number(made / model, { maximumSignificantDigits: 2 })}×`;
}
