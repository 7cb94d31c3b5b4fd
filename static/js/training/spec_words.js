import { number } from "../lib/format.js";

/** The value of a field of a spec as text. */
export function valueText(value) {
  if (value == null) return "–";
  if (value === true) return gettext("on");
  if (value === false) return gettext("off");
  if (typeof value === "number") return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential() : number(value, { maximumSignificantDigits: 6, useGrouping: value >= 10000 });
  if (typeof value === "object" && "model" in value) return interpolate(gettext("model %s"), [value.model]);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
