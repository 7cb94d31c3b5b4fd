import { h } from "../lib/dom.js";

/**
 * Nothing on the page can be changed until what is under way has ended. It is seen when that takes longer.
 * @param {string} text what is under way
 * @returns {() => void} ends it
 */
export function hold(text) {
  const dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: "hold", "aria-label": text }, h("p", { role: "status" }, text)));
  document.body.append(dialog);
  dialog.showModal();
  return () => dialog.remove();
}
