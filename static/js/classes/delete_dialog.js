import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { usageText } from "./usage.js";
import { problem, verbDialog } from "./verb_dialog.js";

/**
 * Delete a class with what it has, which is counted first.
 * @returns {Promise<any>} the change, or null
 */
export async function deleteDialog(labelClass, address) {
  const asked = verbDialog({
    title: interpolate(gettext("Delete the class “%s”?"), [labelClass.name]),
    body: null,
    verb: gettext("Delete"),
    danger: true,
    send: () => api.post(`${address}deletion/`),
  });
  asked.tell(h("p", { class: "muted" }, gettext("Counting…")));
  api.get(`${address}usage/`).then(
    (usage) => {
      const used = usage.annotations + usage.suggestions > 0;
      asked.tell(
        used ? h("p", { class: "notice notice-warning" }, interpolate(gettext("This goes with it: %s."), [usageText(usage)])) : h("p", null, gettext("Nothing has this class.")),
        h("p", { class: "hint" }, usage.versions ? gettext("Frozen versions keep it, with its labels. You can undo this.") : gettext("You can undo this.")),
      );
      asked.ready(true);
    },
    (error) => asked.tell(problem(error)),
  );
  return asked.open();
}
