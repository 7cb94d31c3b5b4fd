import { h, on } from "../lib/dom.js";
import { classesToText, planFromText } from "../lib/class_text.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";

/**
 * The classes as JSON: to copy, or to paste those of another project.
 * @param {any[]} classes
 * @param {((plan: any) => Promise<void>)|false} apply
 */
export function openTextDialog(classes, apply) {
  const text = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "textarea mono class-text", spellcheck: "false", "aria-label": gettext("Classes as JSON"), readonly: !apply, value: classesToText(classes) }));
  const outcome = h("p", { class: "hint", role: "status" });
  const save = /** @type {HTMLButtonElement} */ (h("button", { class: "btn btn-primary", type: "button" }, gettext("Apply")));
  const copy = h("button", { class: "btn", type: "button" }, gettext("Copy"));
  const dialog = makeDialog({ title: gettext("Classes as text"), body: [text, apply && outcome], foot: [copy, apply && save] });
  let plan;
  const read = () => {
    try {
      plan = planFromText(text.value, classes);
      outcome.className = "hint";
      outcome.textContent = interpolate(gettext("%s new, %s changed. Classes that are missing here are kept."), [plan.add.length, plan.change.length]);
    } catch (error) {
      plan = null;
      outcome.className = "field-error";
      outcome.textContent = error.message;
    }
    save.disabled = !plan || !(plan.add.length + plan.change.length);
  };
  on(text, "input", read);
  on(copy, "click", async () => {
    await navigator.clipboard.writeText(text.value);
    toast(gettext("Copied."), { kind: "success" });
  });
  on(save, "click", async () => {
    try {
      if (apply) await apply(plan);
      dialog.close();
    } catch (error) {
      outcome.className = "field-error";
      outcome.textContent = error.message;
    }
  });
  read();
  openDialog(dialog).then(() => dialog.remove());
}
