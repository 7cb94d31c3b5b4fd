import { $$, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { fit } from "../lib/matching.js";
import { openDialog } from "./dialog.js";

const MOST = 50;
const entries = [];
let dialog;

/** The command palette: links marked with data-palette, and what pages add. */
export const palette = {
  /**
   * @param {{title: string, hint?: string, icon?: string, run?: () => void, href?: string}[]} added
   * @returns {() => void} takes them away
   */
  add(added) {
    entries.push(...added);
    return () => added.forEach((each) => entries.splice(entries.indexOf(each), 1));
  },
  open,
};

function open() {
  if (dialog?.open) return;
  const list = h("div", { role: "listbox", id: "palette-list", "aria-label": gettext("Commands") });
  const input = /** @type {HTMLInputElement} */ (h("input", {
    class: "input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", autofocus: true,
    placeholder: gettext("Go to a project or page, or do something"),
    "aria-label": gettext("Command"), "aria-controls": list.id, "aria-expanded": "true", "aria-autocomplete": "list",
  }));
  dialog = h("dialog", { class: "dialog palette", "aria-label": gettext("Command palette") }, [
    h("div", { class: "search" }, [icon("search"), input]),
    list,
  ]);
  const all = [...links(), ...entries];
  let shown = [];
  let chosen = 0;

  const choose = (index) => {
    chosen = (index + shown.length) % Math.max(shown.length, 1);
    [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", `palette-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    shown = ranked(all, input.value);
    list.replaceChildren(...shown.map((entry, index) => row(entry, index, () => go(entry))));
    if (!shown.length) list.append(h("p", { class: "palette-none" }, gettext("Nothing fits. Try fewer letters.")));
    choose(0);
  };
  const go = (entry) => {
    dialog.close();
    if (entry.run) entry.run();
    else location.assign(entry.href);
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(chosen + step);
    else if (event.key === "Enter" && shown[chosen]) go(shown[chosen]);
    else return;
    event.preventDefault();
  });
  search();
  openDialog(dialog).then(() => dialog.remove());
}

function row(entry, index, go) {
  return h("div", { role: "option", id: `palette-${index}`, on: { click: go } }, [
    icon(entry.icon ?? (entry.run ? "zap" : "arrow-right")),
    h("span", { class: "palette-title" }, entry.title),
    entry.hint && h("span", { class: "muted truncate" }, entry.hint),
  ]);
}

function links() {
  return $$("a[data-palette]").map((link) => ({
    title: link.dataset.palette || link.textContent.trim(),
    hint: link.dataset.paletteHint,
    href: link.href,
  }));
}

function ranked(all, query) {
  return all
    .map((entry) => ({ entry, score: fit(query, `${entry.title} ${entry.hint ?? ""}`) }))
    .filter(({ score }) => score)
    .sort((a, b) => (query ? b.score - a.score : 0))
    .slice(0, MOST)
    .map(({ entry }) => entry);
}
