import { h } from "../lib/dom.js";
import { roughly, number } from "../lib/format.js";
import { problemLine, table } from "./marks.js";

export function queues({ queues }) {
  const heads = [gettext("Queue"), [gettext("Waiting"), "number"], [gettext("Oldest"), "number"], [gettext("Workers"), "number"]];
  const rows = queues.map((each) =>
    h("tr", null, [
      h("th", { scope: "row" }, [each.name, problemLine(each.problem, each.state)]),
      h("td", { class: "number" }, number(each.length)),
      h("td", { class: "number" }, each.oldest_seconds == null ? "–" : roughly(each.oldest_seconds)),
      h("td", { class: "number" }, number(each.workers)),
    ]),
  );
  return table(heads, rows, gettext("Queues"));
}
