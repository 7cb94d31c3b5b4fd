/** What every page has: sidebar, menus, theme, command palette, shortcut sheet. */

import { $, $$, on } from "./lib/dom.js";
import { relative, moment } from "./lib/format.js";
import { wireMenus } from "./widgets/menu.js";
import { palette } from "./widgets/palette.js";
import { shortcuts } from "./widgets/shortcuts.js";
import { currentTheme, remember, setTheme } from "./widgets/theme.js";
import { toast } from "./widgets/toast.js";

const DAY = 24 * 3600;
const NOTHING = { code: "", close: () => {} };
const root = document.documentElement;
let signedOut = NOTHING;

wireMenus();
wireSidebar();
wireThemes();
showTimes();
setInterval(showTimes, 30_000);
on(document, "times-changed", showTimes);

shortcuts.register(gettext("Everywhere"), [
  { keys: "mod+k", label: gettext("Command palette"), run: () => palette.open(), typing: true },
  { keys: "?", label: gettext("This sheet"), run: () => shortcuts.showSheet() },
  { keys: "[", label: gettext("Fold the sidebar"), run: toggleSidebar },
  ...$$("[data-shortcut]").map((link) => ({
    keys: link.dataset.shortcut,
    label: link.dataset.palette || link.textContent.trim(),
    run: () => link.click(),
  })),
]);
palette.add([
  { title: gettext("Theme: light"), icon: "sun", run: () => chooseTheme("light") },
  { title: gettext("Theme: dark"), icon: "moon", run: () => chooseTheme("dark") },
  { title: gettext("Theme: as the system"), icon: "monitor", run: () => chooseTheme("system") },
  { title: gettext("Keyboard shortcuts"), icon: "keyboard", run: () => shortcuts.showSheet() },
]);
on(document, "click", "[data-open-palette]", () => palette.open());
on(document, "click", "[data-open-shortcuts]", () => shortcuts.showSheet());
on(document, "signed-out", ({ detail }) => tellSignedOut(detail));

/** Said once, and left there: what is kept is sent again and again, and refused each time. */
function tellSignedOut({ code, message }) {
  if (signedOut.code === code) return;
  signedOut.close();
  const other = code === "other_person"; // of whom the answer says more
  const signIn = { label: gettext("Sign in"), run: () => location.assign(`/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`) };
  const close = toast(other ? message : gettext("You are signed out. Sign in again to go on; what is kept in this browser is not lost."), {
    kind: "error",
    seconds: DAY,
    action: other ? undefined : signIn,
    closed: () => (signedOut = NOTHING),
  });
  signedOut = { code, close };
}

function wireSidebar() {
  on(document, "click", "[data-toggle-sidebar]", toggleSidebar);
  on(document, "click", (event) => {
    if (event.target.closest("[data-open-drawer]")) drawer(true);
    else if (!event.target.closest(".sidebar")) drawer(false);
  });
  on(document, "keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("drawer-open")) drawer(false);
  });
}

function drawer(open) {
  if (document.body.classList.contains("drawer-open") === open) return;
  document.body.classList.toggle("drawer-open", open);
  const button = $("[data-open-drawer]");
  button?.setAttribute("aria-expanded", String(open));
  if (open) $(".sidebar a, .sidebar button")?.focus();
  else button?.focus();
}

function toggleSidebar() {
  const collapsed = root.dataset.sidebar !== "collapsed";
  root.dataset.sidebar = collapsed ? "collapsed" : "";
  remember("sidebar", collapsed ? "collapsed" : "");
}

function wireThemes() {
  markTheme();
  on(document, "click", "[data-set-theme]", (_event, button) => chooseTheme(button.dataset.setTheme));
}

function chooseTheme(theme) {
  setTheme(theme);
  markTheme();
}

function markTheme() {
  for (const button of $$("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === currentTheme()));
  }
}

/** <time datetime> with data-relative reads "3 minutes ago" and stays true. */
function showTimes() {
  for (const time of $$("time[data-relative]")) {
    time.textContent = relative(time.dateTime);
    time.title ||= moment(time.dateTime);
  }
}
