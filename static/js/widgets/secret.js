import { h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { copyText } from "./copy.js";
import { makeDialog, openDialog } from "./dialog.js";

/**
 * Show something that will never be shown again, with a button that copies it.
 * @param {{title: string, text: string, secret: string, mail?: string}} what `mail`: address of an e-mail with it
 * @returns {Promise<void>} when the dialog is closed
 */
export async function showSecret({ title, text, secret, mail }) {
  const code = h("code", { class: "mono" }, secret);
  const copy = h("button", { class: "btn btn-small", type: "button", autofocus: true }, [icon("copy"), gettext("Copy")]);
  on(copy, "click", () => copyText(secret, { select: () => getSelection()?.selectAllChildren(code) }));
  const dialog = makeDialog({
    title,
    body: [h("p", null, text), h("div", { class: "secret" }, [code, copy])],
    foot: [mail && h("a", { class: "btn", href: mail }, [icon("mail"), gettext("Write an e-mail")]), h("button", { class: "btn btn-primary", type: "button", "data-close": true }, gettext("Done"))],
  });
  await openDialog(dialog);
  dialog.remove();
}
