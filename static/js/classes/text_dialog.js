import { api } from "../api/client.js";
import { $, $$, fill, h, on } from "../lib/dom.js";
import { classesToText } from "../lib/class_text.js";
import { icon } from "../lib/icon.js";
import { number } from "../lib/format.js";
import { once } from "../widgets/busy.js";
import { copyText } from "../widgets/copy.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { differencesIn } from "./class_difference.js";
import { problem } from "./verb_dialog.js";

const PAUSE_MS = 300;

/**
 * The classes as JSON: to copy or download, or to paste or open those of another project.
 * @param {any[]} classes
 * @param {string|null} address of the API that takes the text; null: only to read
 * @returns {Promise<any>} what was applied, or null
 */
export async function openTextDialog(classes, address) {
  const text = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "textarea mono class-text", spellcheck: "false", "aria-label": gettext("Classes as JSON"), readonly: !address, value: classesToText(classes) }));
  const outcome = h("div", { class: "stack stack-tight", role: "status" });
  const save = /** @type {HTMLButtonElement} */ (h("button", { class: "btn btn-primary", type: "button", disabled: true }, gettext("Apply")));
  const tool = (icon_, label, run) => h("button", { class: "btn", type: "button", on: { click: run } }, [icon_, label]);
  const file = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": gettext("A file of classes") }));
  const dialog = makeDialog({
    title: gettext("Classes as text"),
    class: "class-text-dialog",
    body: [address && h("p", { class: "hint" }, gettext("Copy this into another project, or put the text of another project here. Classes that are missing in it are kept.")), text, outcome, file],
    foot: [
      tool(icon("copy"), gettext("Copy"), () => copyText(text.value, { select: () => text.select() })),
      tool(icon("download"), gettext("Download"), () => download(text.value)),
      address && tool(icon("folder-open"), gettext("Open a file"), () => file.click()),
      h("span", { class: "spacer" }),
      address && save,
    ],
  });
  let timer;
  let applied = null;
  const look = async () => {
    const sent = text.value;
    try {
      const told = await api.post(`${address}preview/`, { text: sent });
      if (sent !== text.value) return;
      fill(outcome, preview(told, () => (save.disabled = nothing(told, outcome))));
      save.disabled = nothing(told, outcome);
    } catch (error) {
      if (sent !== text.value) return;
      save.disabled = true;
      fill(outcome, error.fields?.text ? error.fields.text.map((each) => h("p", { class: "notice notice-error", role: "alert" }, each)) : problem(error));
    }
  };
  const soon = () => {
    save.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  };
  on(text, "input", soon);
  on(file, "change", async () => {
    if (!file.files?.length) return;
    text.value = await file.files[0].text();
    file.value = "";
    soon();
  });
  const apply = async () => {
    try {
      applied = await api.post(address, { text: text.value, theirs: taken(outcome) });
      dialog.close();
    } catch (error) {
      $(":scope > .notice-error", outcome)?.remove();
      outcome.prepend(problem(error)); // above what has been chosen, which stays
    }
  };
  on(save, "click", () => once(save, apply));
  if (address) look();
  const shown = text.value;
  await openDialog(dialog, { unsaved: () => text.value !== shown });
  dialog.remove();
  return applied;
}

const taken = (outcome) => $$("select", outcome).filter((each) => each.value === "theirs").map((each) => each.name);
const nothing = ({ added }, outcome) => !added.length && !taken(outcome).length;

/** What would be added, what is the same, and a choice for each that differs. */
function preview({ added, same, conflicts }, chosen) {
  return [
    added.length > 0 && h("div", { class: "row" }, [h("span", { class: "hint" }, gettext("New:")), added.map((name) => h("span", { class: "chip class-new" }, name))]),
    h("p", { class: "hint" }, interpolate(gettext("New: %(added)s. The same: %(same)s. Different: %(different)s."), { added: number(added.length), same: number(same.length), different: number(conflicts.length) }, true)),
    conflicts.length > 0 && h("ul", { class: "class-conflicts" }, conflicts.map((each) => conflict(each, chosen))),
  ];
}

function conflict({ name, fields, lost }, chosen) {
  const select = h("select", { class: "select", name, "aria-label": interpolate(gettext("Which “%s”"), [name]), on: { change: chosen } }, [
    h("option", { value: "mine" }, gettext("Keep mine")),
    h("option", { value: "theirs" }, gettext("Take theirs")),
  ]);
  const gone = lost.reduce((sum, each) => sum + each.count, 0);
  return h("li", null, [
    h("div", { class: "class-conflict" }, [
      h("strong", null, name),
      fields.flatMap(differencesIn).map(({ what, mine, theirs }) => h("p", { class: "small" }, [h("span", { class: "muted" }, what), " ", h("code", { class: "mono" }, mine), " → ", h("code", { class: "mono" }, theirs)])),
      gone > 0 && h("p", { class: "small class-lost" }, interpolate(ngettext("Theirs deletes %s value of annotations.", "Theirs deletes %s values of annotations.", gone), [gone])),
    ]),
    select,
  ]);
}

function download(text) {
  const link = /** @type {HTMLAnchorElement} */ (h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "classes.json" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
