import { Keymap } from "../lib/keymap.js";
import { h } from "../lib/dom.js";
import { makeDialog, openDialog } from "./dialog.js";

const keymap = new Keymap();
// Enter does nothing to a switch that stands outside of a form.
const WORKED_BY = { Enter: "a[href], button, summary, select, input:not([role=switch])", " ": "a[href], button, summary, select, input" };

/**
 * Keys of the page. They rest while somebody types (but for those that say `typing`), while a dialog is open, after
 * preventDefault(), and where Enter or Space work the control that has the focus.
 */
export const shortcuts = {
  /**
   * @param {string} scope title in the sheet
   * @param {{keys: string, label: string, run: (event: KeyboardEvent) => void, typing?: boolean}[]} bindings keys as "g i", "mod+k", "?"
   * @returns {() => void} takes them away
   */
  register: (scope, bindings) => keymap.add(scope, bindings),
  showSheet,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || isWorked(event)) return;
  if (document.querySelector("dialog[open]")) return;
  const run = keymap.press(event, typing(event.target));
  if (!run) return;
  event.preventDefault();
  run(event);
});

function isWorked({ key, target }) {
  return key in WORKED_BY && target.closest?.(WORKED_BY[key]);
}

function typing(target) {
  return (
    target.isContentEditable ||
    target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=range])")
  );
}

function showSheet() {
  const sheet = makeDialog({ title: gettext("Keyboard shortcuts"), body: keymap.scopes.map(section), class: "shortcut-sheet" });
  openDialog(sheet).then(() => sheet.remove());
}

function section({ title, bindings }) {
  return h("section", null, [
    h("h3", null, title),
    h("dl", null, bindings.map(({ keys, label }) =>
      h("div", null, [h("dt", null, label), h("dd", null, keys.split(" ").map((key) => h("kbd", { class: "kbd" }, shown(key))))]),
    )),
  ]);
}

const NAMES = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: gettext("Esc"), Space: gettext("Space"), Delete: gettext("Del") };

function shown(key) {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  return key
    .split(/\+(?=.)/)
    .map((part) => (part === "mod" ? (apple ? "⌘" : "Ctrl") : (NAMES[part] ?? part[0].toUpperCase() + part.slice(1))))
    .join(apple ? "" : "+");
}
