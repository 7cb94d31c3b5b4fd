/** Numbers and times as people read them, in the language of the page. */

const language = () => globalThis.document?.documentElement.lang || "en";

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
  return new Intl.NumberFormat(language(), options).format(value);
}

/** 0.1234 -> "12%" @param {number} share @param {number} [digits] */
export function percent(share, digits = 0) {
  return number(share, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** 1536 -> "1.5 KB" @param {number} count */
export function bytes(count) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let power = 0;
  while (count >= 1024 && power < units.length - 1) {
    count /= 1024;
    power += 1;
  }
  return `${number(count, { maximumFractionDigits: count < 10 && power ? 1 : 0 })} ${units[power]}`;
}

/** 3725 -> "1 h 2 min" @param {number} seconds */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${number(seconds, { maximumFractionDigits: 1 })} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (seconds < 600) return parts(Math.floor(Math.round(seconds) / 60), "min", Math.round(seconds) % 60, "s");
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return parts(Math.floor(minutes / 60), "h", minutes % 60, "min");
  return parts(Math.floor(minutes / 1440), "d", Math.round((minutes % 1440) / 60), "h");
}

/** A time that was estimated or goes on: 2.7 -> "a few seconds", 6.3 -> "6 s" @param {number} seconds */
export function roughly(seconds) {
  return Number.isFinite(seconds) && seconds < 2.5 ? gettext("a few seconds") : duration(Math.round(seconds));
}

function parts(large, largeUnit, small, smallUnit) {
  return small ? `${large} ${largeUnit} ${small} ${smallUnit}` : `${large} ${largeUnit}`;
}

const STEPS = /** @type {const} */ ([
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
]);

/** "3 minutes ago" @param {string|number|Date} when @param {number} [now] milliseconds */
export function relative(when, now = Date.now()) {
  const seconds = (new Date(when).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return format.format(Math.round(seconds / length), unit);
  }
  return format.format(Math.abs(seconds) < 10 ? 0 : Math.round(seconds), "second");
}

/** "12:04:31" @param {string|number|Date} when */
export function clock(when) {
  return new Intl.DateTimeFormat(language(), { timeStyle: "medium" }).format(new Date(when));
}

/** "4 Mar 2026, 12:04" @param {string|number|Date} when */
export function moment(when) {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(when));
}
