/** Light, dark or as the system: remembered in a cookie, so that the server draws the page right at once. */

const YEAR = 365 * 24 * 3600;

export function currentTheme() {
  return document.documentElement.dataset.theme || "system";
}

/** @param {string} theme "light", "dark" or "system" */
export function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember("theme", theme === "system" ? "" : theme);
  document.dispatchEvent(new CustomEvent("theme-changed"));
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${value ? YEAR : 0}; samesite=lax`;
}
