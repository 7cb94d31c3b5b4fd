import { h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { makeDialog, openDialog } from "./dialog.js";
import { toast } from "./toast.js";

/**
 * Show something that will never be shown again, with a button that copies it.
 * @param {{title: string, text: string, secret: string, mail?: string}} what `mail`: address of an e-mail with it
 * @returns {Promise<void>} when the dialog is closed
 */
export async function showSecret({ title, text, secret, mail }) {
  const code = h("code", { class: "mono" }, secret);
  const copy = h("button", { class: "btn btn-small", type: "button", autofocus: true }, [icon("copy"), gettext("Copy")]);
  on(copy, "click", () => copyText(secret, code));
  const dialog = makeDialog({
    title,
    body: [h("p", null, text), h("div", { class: "secret" }, [code, copy])],
    foot: [mail && h("a", { class: "btn", href: mail }, [icon("mail"), gettext("Write an e-mail")]), h("button", { class: "btn btn-primary", type: "button", "data-close": true }, gettext("Done"))],
  });
  await openDialog(dialog);
  dialog.remove();
}

/** The clipboard is closed to pages without HTTPS: then the text is selected instead. */
async function copyText(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    toast(gettext("Copied."), { kind: "success" });
  } catch {
    getSelection()?.selectAllChildren(element);
    toast(gettext("Selected: copy it with the keyboard."));
  }
}
