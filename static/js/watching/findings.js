import { h } from "../lib/dom.js";
import { stateMark } from "./marks.js";

/** What the doctor would mend. */
export function findings({ findings, checked }) {
  if (!findings.length) return h("p", { class: "muted small" }, interpolate(gettext("Nothing: %s checks found all well. More are made by: manage.py doctor"), [checked]));
  return h("ul", { class: "status-findings" }, findings.map((each) =>
    h("li", null, [stateMark(each.state), h("div", null, [h("p", null, [h("strong", null, each.subject), " ", each.text]), h("p", { class: "muted small" }, each.mend)])]),
  ));
}
