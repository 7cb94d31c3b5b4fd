import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const ICONS = { info: "info", success: "circle-check", error: "circle-alert" };
const SECONDS = { info: 5, success: 4, error: 10 };
let region;

/**
 * Tell something in the corner. Errors are read aloud at once; a pointer or the focus on it keeps it there.
 * @param {string} message
 * @param {{kind?: "info"|"success"|"error", action?: {label: string, run: () => void}, seconds?: number}} [options]
 * @returns {() => void} takes it away
 */
export function toast(message, { kind = "info", action, seconds = SECONDS[kind] } = {}) {
  const close = () => {
    clearTimeout(timer);
    box.remove();
    if (!region.childElementCount && region.matches(":popover-open")) region.hidePopover();
  };
  const box = h("div", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" }, [
    icon(ICONS[kind]),
    h("p", null, message),
    action && h("button", { class: "btn btn-small", type: "button", on: { click: () => (close(), action.run()) } }, action.label),
    h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": gettext("Dismiss"), on: { click: close } }, icon("x")),
  ]);
  let timer;
  const wait = () => (timer = setTimeout(close, seconds * 1000));
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", wait);
  box.addEventListener("focusin", () => clearTimeout(timer));
  box.addEventListener("focusout", wait);
  show(box);
  wait();
  return close;
}

/** Opened anew each time, so that it lies above a dialog that was opened since. */
function show(box) {
  region ??= document.body.appendChild(h("div", { class: "toasts", popover: "manual" }));
  if (region.matches(":popover-open")) region.hidePopover();
  region.append(box);
  region.showPopover();
}
