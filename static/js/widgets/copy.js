import { toast } from "./toast.js";

/**
 * Copy a text, and say so. The clipboard is closed to pages without HTTPS: then what shows the text is selected instead.
 * @param {string} text
 * @param {{done?: string, select?: () => void}} [options] `select`: left out where the page does not show the whole text
 */
export async function copyText(text, { done = gettext("Copied."), select } = {}) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done, { kind: "success" });
  } catch {
    select?.();
    if (select) toast(gettext("Selected: copy it with the keyboard."));
    else toast(gettext("The browser did not allow copying."), { kind: "error" });
  }
}
