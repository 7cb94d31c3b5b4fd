import { h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";

/** Ask what is to be mended. @param {string} name of the image @param {number} open comments on it, which go with it @returns {Promise<string|null>} the comment; null when it was cancelled */
export async function askForComment(name, open) {
  const text = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "textarea", name: "comment", maxlength: "10000", autofocus: true, rows: "4" }));
  const send = h("button", { class: "btn btn-primary", type: "submit", value: "yes" }, gettext("Send back"));
  on(text, "keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.form?.requestSubmit(send)); // as comments are
  const dialog = makeDialog({ title: gettext("Send back") });
  dialog.append(h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body" }, [
      h("label", { class: "field" }, [h("span", { class: "label" }, interpolate(gettext("What should be mended on %s?"), [name])), text]),
      h("p", { class: "hint" }, open ? interpolate(ngettext("%s open comment on the image goes with it.", "%s open comments on the image go with it.", open), [number(open)]) : gettext("To point at a place, cancel and pin a comment to it first (C).")),
    ]),
    h("div", { class: "dialog-foot" }, [
      h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")),
      send,
    ]),
  ]));
  const answer = await openDialog(dialog);
  dialog.remove();
  return answer === "yes" ? text.value.trim() : null;
}
