import { api } from "../api/client.js";
import { h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { usageText } from "./usage.js";
import { problem, verbDialog } from "./verb_dialog.js";

/**
 * Make all annotations of one class another's.
 * @param {any} labelClass @param {any[]} others @param {string} address of the class
 * @returns {Promise<any>} the change, or null
 */
export async function mergeDialog(labelClass, others, address) {
  const into = h("select", { class: "select", "aria-label": gettext("Merge into") }, [
    h("option", { value: "" }, gettext("Choose a class…")),
    others.map((each) => h("option", { value: each.id }, each.name)),
  ]);
  const asked = verbDialog({
    title: interpolate(gettext("Merge “%s” into another class"), [labelClass.name]),
    body: h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Merge into")), into]),
    verb: gettext("Merge"),
    send: () => api.post(`${address}merge/`, { into: Number(into.value) }),
  });
  on(into, "change", async () => {
    asked.ready(false);
    asked.tell();
    const chosen = into.value;
    if (!chosen) return;
    try {
      const usage = await api.get(`${address}usage/?into=${chosen}`);
      if (into.value !== chosen) return;
      const name = others.find((each) => each.id === Number(chosen)).name;
      asked.tell(
        h("p", null, interpolate(gettext("%(what)s become “%(name)s”, and “%(old)s” goes."), { what: usageText(usage), name, old: labelClass.name }, true)),
        usage.both > 0 && h("p", null, interpolate(ngettext("%s image has both and keeps “%s”.", "%s images have both and keep “%s”.", usage.both), [number(usage.both), name])),
        h("p", { class: "hint" }, gettext("Shapes and attributes that only this class has are added to the other. Frozen versions stay as they are. You can undo this.")),
      );
      asked.ready(true);
    } catch (error) {
      asked.tell(problem(error));
    }
  });
  return asked.open();
}
