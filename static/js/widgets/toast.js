import { h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

const ICONS = { info: "info", success: "circle-check", error: "circle-alert" };
const SECONDS = { info: 5, success: 4, error: 10 };
let region;

/**
 * Tell something in the corner. Errors are read aloud at once; a pointer or the focus on it keeps it there.
 * @param {string} message
 * @param {{kind?: "info"|"success"|"error", action?: {label: string, run: () => void}, seconds?: number, closed?: () => void}} [options] `closed`: called once it is gone
 * @returns {() => void} takes it away
 */
export function toast(message, { kind = "info", action, seconds = SECONDS[kind], closed = () => {} } = {}) {
  const holds = new Set();
  let timer;
  const wait = () => {
    clearTimeout(timer);
    if (!holds.size) timer = setTimeout(close, seconds * 1000);
  };
  const hold = (by) => () => {
    holds.add(by);
    clearTimeout(timer);
  };
  const release = (by) => () => {
    holds.delete(by);
    wait();
  };
  const close = () => {
    clearTimeout(timer);
    box.remove();
    if (!region.childElementCount && region.matches(":popover-open")) region.hidePopover();
    closed();
  };
  const box = h("div", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" }, [
    icon(ICONS[kind]),
    h("p", null, message),
    action && h("button", { class: "btn btn-small", type: "button", on: { click: () => (close(), action.run()) } }, action.label),
    h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": gettext("Dismiss"), on: { click: close } }, icon("x")),
  ]);
  on(box, "pointerenter", hold("pointer"));
  on(box, "pointerleave", release("pointer"));
  on(box, "focusin", hold("focus"));
  on(box, "focusout", release("focus"));
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
