import { fill, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { once } from "../widgets/busy.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";

/**
 * A dialog that asks for one verb on a class, says what it will do, and shows what the API refused.
 * @param {{title: string, body: any, verb: string, danger?: boolean, send: () => Promise<any>}} parts
 * @returns {{dialog: any, ready: (yes: boolean) => void, tell: (...what: any[]) => void, open: () => Promise<any>}}
 */
export function verbDialog({ title, body, verb, danger = false, send }) {
  const told = h("div", { class: "stack stack-tight", role: "status" });
  const yes = h("button", { class: `btn ${danger ? "btn-danger" : "btn-primary"}`, type: "button", disabled: true }, verb);
  const dialog = makeDialog({ title, body: [body, told], foot: [h("button", { class: "btn", type: "button", "data-close": true }, gettext("Cancel")), yes] });
  let answer = null;
  const tell = (...what) => fill(told, ...what);
  const ask = async () => {
    try {
      answer = await send();
      dialog.close();
    } catch (error) {
      tell(problem(error));
    }
  };
  on(yes, "click", () => once(yes, ask));
  const open = async () => {
    await openDialog(dialog);
    dialog.remove();
    return answer;
  };
  return { dialog, ready: (is) => (yes.disabled = !is), tell, open };
}

export const problem = (error) => h("p", { class: "notice notice-error", role: "alert" }, [icon("circle-alert"), h("span", null, said(error))]);

/** Without the name of the field, which a person does not know. */
function said(error) {
  let first = error.fields;
  while (first && typeof first === "object") first = Object.values(first)[0];
  return typeof first === "string" ? first : error.message;
}
