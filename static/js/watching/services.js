import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { problemLine, stateMark } from "./marks.js";

export function services({ services }) {
  const names = { database: gettext("Database"), redis: "Redis", storage: gettext("Storage") };
  return h("ul", { class: "status-services" }, services.map((each) =>
    h("li", null, [
      h("div", { class: "row row-between" }, [h("strong", null, names[each.name]), stateMark(each.state)]),
      h("p", { class: "status-figure" }, each.ms == null ? "–" : `${number(each.ms, { maximumFractionDigits: each.ms < 10 ? 1 : 0 })} ms`),
      problemLine(each.problem, each.state),
    ]),
  ));
}
