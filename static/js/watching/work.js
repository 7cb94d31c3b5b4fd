import { h } from "../lib/dom.js";
import { number, relative } from "../lib/format.js";
import { linked, table } from "./marks.js";

export function work({ counts, stuck, more }) {
  if (!counts.length && !stuck.length) return h("p", { class: "muted small" }, gettext("Nothing is under way, and nothing failed in the last 24 hours."));
  const heads = [gettext("Kind"), [gettext("Running"), "number"], [gettext("Waiting"), "number"], [gettext("Failed in 24 h"), "number"]];
  const rows = counts.map((each) =>
    h("tr", null, [h("th", { scope: "row", class: "status-kind" }, each.name), ...[each.running, each.waiting, each.failed].map((count) => h("td", { class: "number" }, number(count)))]),
  );
  return [
    rows.length > 0 && table(heads, rows, gettext("Work")),
    stuck.length > 0 && h("h3", { class: "status-title" }, gettext("Stuck, or waiting long")),
    stuck.length > 0 && h("ul", { class: "status-stuck" }, stuck.map(item)),
    more > 0 && h("p", { class: "muted small" }, interpolate(gettext("and %s more"), [number(more)])),
  ];
}

function item(each) {
  const project = each.project.name || interpolate(gettext("Project %s"), [each.project.id]);
  return h("li", null, [
    h("span", { class: "row row-between" }, [h("strong", null, linked(each.title, each.href)), h("span", { class: `pill pill-${each.status}` }, each.status_name)]),
    h("span", null, [linked(project, each.project.href), " · ", each.created_by]),
    h("span", { class: "muted small" }, [each.reason, ", ", relative(each.since)]),
  ]);
}
