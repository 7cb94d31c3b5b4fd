/** Hundredths of a pixel are enough, and shorter to keep. */
export function rounded(value) {
  if (typeof value === "number") return Math.round(value * 100) / 100;
  if (Array.isArray(value)) return value.map(rounded);
  return value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)])) : value;
}
