import { h } from "../lib/dom.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";

/** Ask what is to be mended. @returns {Promise<string|null>} the comment; null when it was cancelled */
export async function askForComment(name) {
  const text = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "textarea", name: "comment", maxlength: "10000", autofocus: true, rows: "4" }));
  const dialog = makeDialog({ title: gettext("Send back") });
  dialog.append(h("form", { method: "dialog" }, [
    h("div", { class: "dialog-body" }, h("label", { class: "field" }, [h("span", { class: "label" }, interpolate(gettext("What should be mended on %s?"), [name])), text])),
    h("div", { class: "dialog-foot" }, [
      h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")),
      h("button", { class: "btn btn-primary", type: "submit", value: "yes" }, gettext("Send back")),
    ]),
  ]));
  const answer = await openDialog(dialog);
  dialog.remove();
  return answer === "yes" ? text.value.trim() : null;
}
