import { h } from "../lib/dom.js";
import { bytes, number, relative } from "../lib/format.js";
import { table } from "./marks.js";

export function data({ counts, bytes: size, tables, backed_up_at: backedUp }) {
  const names = { projects: gettext("projects"), images: gettext("images"), annotations: gettext("annotations"), people: gettext("people") };
  const rows = tables.map((each) =>
    h("tr", null, [
      h("th", { scope: "row", class: "status-table-name" }, each.name),
      h("td", { class: "number" }, each.rows == null ? "–" : number(each.rows)),
      h("td", { class: "number" }, each.bytes == null ? "–" : bytes(each.bytes)),
    ]),
  );
  return [
    h("div", { class: "status-counts" }, [
      ...Object.keys(names).map((name) => h("p", { class: "stat" }, [h("strong", null, number(counts[name])), h("span", null, names[name])])),
      h("p", { class: "stat" }, [h("strong", null, bytes(size)), h("span", null, gettext("database"))]),
    ]),
    h("p", { class: "muted small" }, backedUp ? interpolate(gettext("Last backup: %s"), [relative(backedUp)]) : gettext("This site has not been backed up yet.")),
    h("details", { class: "status-details" }, [h("summary", null, gettext("The largest tables")), table([gettext("Table"), [gettext("Rows, about"), "number"], [gettext("Size"), "number"]], rows, gettext("The largest tables"))]),
  ];
}
