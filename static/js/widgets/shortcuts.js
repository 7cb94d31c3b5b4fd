import { Keymap } from "../lib/keymap.js";
import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { keyParts } from "../lib/key_words.js";
import { makeDialog, openDialog } from "./dialog.js";

const keymap = new Keymap();
let offer = /** @type {{label: string, run: () => void}|null} */ (null);
// Enter does nothing to a switch that stands outside of a form.
const WORKED_BY = { Enter: "a[href], button, summary, select, input:not([role=switch])", " ": "a[href], button, summary, select, input" };

/**
 * Keys of the page. They rest while somebody types (but for those that say `typing`), while a dialog is open, after
 * preventDefault(), and where Enter or Space work the control that has the focus.
 */
export const shortcuts = {
  /**
   * @param {string} scope title in the sheet
   * @param {{keys: string|string[], label: string, run: (event: KeyboardEvent) => void, typing?: boolean, name?: string}[]} bindings
   *   keys as "g i", "mod+k", "?"; `name`: by which a person can give it other keys
   * @returns {() => void} takes them away
   */
  register: (scope, bindings) => keymap.add(scope, bindings),
  /** Other keys than the default ones. @param {(binding: any) => string[]} keysOf */
  rebind: (keysOf) => keymap.rebind(keysOf),
  get scopes() {
    return keymap.scopes;
  },
  /** A button below the sheet. @param {{label: string, run: () => void}} made */
  offer: (made) => {
    offer = made;
  },
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

async function showSheet() {
  const foot = offer && h("button", { class: "btn", type: "button", "data-close": true, on: { click: () => (sheet.returnValue = "offer") } }, [icon("keyboard"), offer.label]);
  const sheet = makeDialog({ title: gettext("Keyboard shortcuts"), body: keymap.scopes.map(section), foot, class: "shortcut-sheet" });
  const answer = await openDialog(sheet);
  sheet.remove();
  if (answer === "offer") offer?.run();
}

function section({ title, bindings }) {
  return h("section", null, [
    h("h3", null, title),
    h("dl", null, bindings.map(({ inForce, label }) =>
      h("div", null, [h("dt", null, label), h("dd", null, inForce.flatMap((keys) => keyParts(keys).map((key) => h("kbd", { class: "kbd" }, key))))]),
    )),
  ]);
}
