import { api } from "../api/client.js";
import { $, h, on } from "../lib/dom.js";
import { specRows } from "./spec_rows.js";
import { valueText } from "./spec_words.js";

/** What a run was asked for, and what the preset chose for the rest. */
export class RunSettings {
  #place;
  #all;
  #rows = [];

  /**
   * @param {HTMLElement} element
   * @param {any} spec
   * @param {number} version its id
   */
  constructor(element, spec, version) {
    this.#place = $("[data-settings-table]", element);
    this.#all = $("[data-all-settings]", element);
    on(this.#all, "change", () => this.#show());
    this.#load(spec, version);
  }

  async #load(spec, version) {
    try {
      const [schema, plan] = await Promise.all([api.get("/api/runs/schema/"), api.post("/api/runs/schedule/", { spec, version })]);
      this.#rows = specRows(schema, spec, plan.resolved);
    } catch (error) {
      this.#place.replaceChildren(h("p", { class: "hint" }, error.message)); // a preset that is no longer on the shelf, for example
      return;
    }
    this.#show();
  }

  #show() {
    const rows = this.#rows.filter((row) => row.given || this.#all.checked);
    const groups = Map.groupBy(rows, (row) => row.group);
    this.#place.replaceChildren(
      ...[...groups].map(([group, members]) => h("details", { class: "run-settings-group", open: members.some((row) => row.given) }, [
        h("summary", null, group || gettext("Other")),
        h("dl", { class: "facts" }, members.map((row) => [h("dt", null, row.title), value(row)])),
      ])),
    );
  }
}

function value(row) {
  return h("dd", { class: row.given ? "given" : "muted", title: row.given ? gettext("Given") : gettext("The preset's own value") }, valueText(row.value));
}
