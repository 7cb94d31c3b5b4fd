import { h } from "../lib/dom.js";

export function versions({ versions, unapplied_migrations: unapplied, node }) {
  return h("dl", { class: "facts" }, [
    ...versions.map((each) => [h("dt", null, each.name), h("dd", null, each.version || "–")]),
    h("dt", null, gettext("Migrations")),
    h("dd", { class: unapplied.length ? "status-problem" : null }, unapplied.length ? interpolate(gettext("not applied: %s"), [unapplied.join(", ")]) : gettext("all applied")),
    h("dt", null, gettext("Node of the site")),
    h("dd", null, node),
  ]);
}
