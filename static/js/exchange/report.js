import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";

const ROWS_SHOWN = 20;
const CELL_STARTS = /^[=+\-@\t\r]/;

/** What a dry run found: counts, new classes, errors by line and column. */
export function reportView(job) {
  const { report } = job;
  return h("div", { class: "stack stack-tight report" }, [
    h("div", { class: "stats" }, [
      stat(report.images_matched, ngettext("image found", "images found", report.images_matched)),
      report.images_missing > 0 && stat(report.images_missing, ngettext("image missing", "images missing", report.images_missing), "warning"),
      stat(report.annotations.added, gettext("added")),
      stat(report.annotations.updated, gettext("updated")),
      stat(report.annotations.unchanged, gettext("unchanged")),
      stat(report.annotations.removed, gettext("removed"), report.annotations.removed ? "danger" : ""),
      report.images_incomplete > 0 && stat(report.images_incomplete, ngettext("stays in progress", "stay in progress", report.images_incomplete), "warning"),
      report.error_count > 0 && stat(report.error_count, ngettext("error", "errors", report.error_count), "danger"),
    ]),
    report.classes_new.length > 0 && h("div", { class: "row" }, [h("span", { class: "hint" }, gettext("New classes:")), report.classes_new.map((name) => h("span", { class: "chip" }, name))]),
    report.skeletons?.length > 0 && h("div", { class: "row" }, [h("span", { class: "hint" }, gettext("Skeletons for:")), report.skeletons.map((name) => h("span", { class: "chip" }, name))]),
    report.error_count === 0 && report.missing.length > 0 && h("p", { class: "hint" }, `${gettext("Passed over:")} ${report.missing.slice(0, 10).join(", ")}${report.images_missing > 10 ? "…" : ""}`),
    report.images_incomplete > 0 && listed(report.incomplete, interpolate(gettext("Values that are missing in %s"), [job.name]), job.name),
    report.error_count > 0 && errorTable(job),
  ]);
}

function stat(count, label, kind = "") {
  return h("div", { class: `stat ${kind && `stat-${kind}`}` }, [h("strong", null, number(count)), h("span", null, label)]);
}

function errorTable(job) {
  const { errors, error_count: count } = job.report;
  return h("div", { class: "stack stack-tight" }, [
    listed(errors, interpolate(gettext("Errors in %s"), [job.name]), job.name),
    h("div", { class: "row" }, [
      h("button", { class: "btn btn-small", type: "button", on: { click: () => download(job) } }, [icon("download"), gettext("Errors as CSV")]),
      count > ROWS_SHOWN && h("span", { class: "hint" }, interpolate(gettext("%s of %s are shown."), [number(Math.min(ROWS_SHOWN, errors.length)), number(count)])),
    ]),
  ]);
}

/** The first lines of a file of which something is to be said. */
function listed(lines, caption, name) {
  const inside = lines.some((each) => each.file !== name); // an archive of files
  const heads = [inside && gettext("File"), gettext("Line"), gettext("Place"), gettext("What to do")].filter(Boolean);
  return h("div", { class: "table-scroll" }, [
    h("table", { class: "table report-lines" }, [
      h("caption", { class: "visually-hidden" }, caption),
      h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col", class: head === gettext("Line") ? "number" : null }, head)))),
      h("tbody", null, lines.slice(0, ROWS_SHOWN).map((each) => h("tr", null, [
        inside && h("td", { class: "mono" }, each.file),
        h("td", { class: "number", dataset: { label: gettext("Line") } }, String(each.line)),
        h("td", { class: "mono" }, each.column || "–"),
        h("td", null, each.message),
      ]))),
    ]),
  ]);
}

async function download({ id }) {
  const { report } = await api.get(`/api/imports/${id}/`); // the list holds the first errors only
  const cell = (value) => `"${String(value).replace(CELL_STARTS, "'$&").replaceAll('"', '""')}"`;
  const lines = report.errors.map((each) => [each.file, each.line, each.column, each.message].map(cell).join(","));
  const blob = new Blob([["file,line,column,message", ...lines].join("\r\n")], { type: "text/csv" });
  const link = h("a", { href: URL.createObjectURL(blob), download: `errors-${id}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(/** @type {HTMLAnchorElement} */ (link).href), 10000);
}
