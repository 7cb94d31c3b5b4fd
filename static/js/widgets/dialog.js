import { h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

/**
 * Open a <dialog class="dialog">: Escape, a click beside it and [data-close] close it; the focus returns.
 * @param {any} element
 * @param {{unsaved?: () => boolean}} [options] unsaved: something would be lost by closing it; then it is asked first
 * @returns {Promise<string>} its return value once it is closed
 */
export function openDialog(element, { unsaved = () => false } = {}) {
  if (!element.isConnected) document.body.append(element);
  const opener = /** @type {HTMLElement|null} */ (document.activeElement);
  element.returnValue = "";
  element.showModal();
  let pressedBeside = false;
  const close = async () => {
    if (!unsaved() || (await mayDrop())) element.close();
  };
  const stays = (event) => {
    // A file input tells of a closed chooser by an event of the same name.
    if ((event.type === "cancel" && event.target !== element) || !unsaved()) return;
    event.preventDefault();
    close();
  };
  const ends = [
    on(element, "keydown", (event) => event.key === "Escape" && !event.defaultPrevented && stays(event)),
    on(element, "cancel", stays),
    on(element, "pointerdown", (event) => (pressedBeside = event.target === element && beside(element, event))),
    on(element, "click", (event) => {
      if (event.target.closest("[data-close]") || (pressedBeside && event.target === element && beside(element, event))) close();
    }),
  ];
  return new Promise((resolve) => {
    element.addEventListener(
      "close",
      () => {
        for (const end of ends) end();
        if (opener?.isConnected) opener.focus({ preventScroll: true });
        resolve(element.returnValue);
      },
      { once: true },
    );
  });
}

function mayDrop() {
  return confirmDialog({ title: gettext("Drop what you have changed?"), text: gettext("It is not saved yet."), confirm: gettext("Drop it"), danger: true });
}

function beside(element, event) {
  const box = element.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/**
 * Make a dialog; its parts may be changed afterwards.
 * @param {{title: string, body?: any, foot?: any, class?: string}} parts
 */
export function makeDialog({ title, body, foot, class: extra = "" }) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  return h("dialog", { class: `dialog ${extra}`, "aria-labelledby": id }, [
    h("div", { class: "dialog-head" }, [
      h("h2", { id }, title),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "data-close": true, "aria-label": gettext("Close") }, icon("x")),
    ]),
    body && h("div", { class: "dialog-body" }, body),
    foot && h("div", { class: "dialog-foot" }, foot),
  ]);
}

/**
 * Ask yes or no.
 * @param {{title: string, text?: string, confirm?: string, dismiss?: string, danger?: boolean, type?: string}} question
 *   `confirm` and `dismiss`: what yes and no are called; `type`: a text that has to be typed before it can be confirmed
 * @returns {Promise<boolean>}
 */
export async function confirmDialog({ title, text = "", confirm = gettext("OK"), dismiss = gettext("Cancel"), danger = false, type = "" }) {
  const yes = h("button", { class: `btn ${danger ? "btn-danger" : "btn-primary"}`, type: "submit", value: "yes", disabled: Boolean(type), autofocus: !type }, confirm);
  const typed = type && h("label", { class: "field" }, [
    h("span", { class: "label" }, interpolate(gettext("Type “%s” to confirm"), [type])),
    h("input", { class: "input", autocomplete: "off", autofocus: true, on: { input: (event) => (/** @type {any} */ (yes).disabled = event.target.value.trim() !== type) } }),
  ]);
  const dialog = makeDialog({ title });
  dialog.append(
    h("form", { method: "dialog" }, [
      h("div", { class: "dialog-body" }, [text && h("p", null, text), typed]),
      h("div", { class: "dialog-foot" }, [
        h("button", { class: "btn", type: "button", "data-close": true }, dismiss),
        yes,
      ]),
    ]),
  );
  const answer = await openDialog(dialog);
  dialog.remove();
  return answer === "yes";
}
