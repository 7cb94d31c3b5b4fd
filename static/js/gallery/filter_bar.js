import { $, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { number } from "../lib/format.js";

/** Shows the filters with the count of each choice, and tells "change" when the query has been changed. */
export class FilterBar extends EventTarget {
  #counts = null;

  /** @param {HTMLElement} root @param {{query: any, options: any}} parts */
  constructor(root, { query, options }) {
    super();
    this.root = root;
    this.query = query;
    const none = { id: "none", name: gettext("None") };
    this.facets = {
      class: [...options.classes.map((each) => ({ ...each, id: String(each.id) })), none],
      split: [...options.splits, none],
      source: options.sources,
      comments: options.comments,
      ...(options.assignments.length ? { assignment: [...options.assignments.map((each) => ({ ...each, id: String(each.id) })), none] } : {}),
      ...Object.fromEntries(Object.entries(options.people).filter(([_key, people]) => people.length).map(([key, people]) => [key, [...people, none]])),
    };
    this.statuses = options.statuses;
    this.#wire();
    this.draw();
  }

  /** @param {any} counts as the API gives them */
  count(counts) {
    this.#counts = counts;
    this.draw();
  }

  draw() {
    this.#drawStatuses();
    for (const key of Object.keys(this.facets)) this.#drawFacet(key);
    this.#drawChosen();
    const trash = $("[data-trash]", this.root);
    trash.setAttribute("aria-pressed", String(this.query.trashed));
    $("[data-trash-count]", this.root).textContent = this.#counts ? number(this.#counts.trashed) : "";
    $("[data-ordering]", this.root).value = this.query.ordering;
    const search = $("[data-search]", this.root);
    if (document.activeElement !== search) search.value = this.query.search;
  }

  #wire() {
    let typing = 0;
    $("[data-search]", this.root).addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => this.#change(() => (this.query.search = event.target.value.trim())), 250);
    });
    $("[data-ordering]", this.root).addEventListener("change", (event) => this.#change(() => (this.query.ordering = event.target.value)));
    $("[data-trash]", this.root).addEventListener("click", () => this.#change(() => (this.query.trashed = !this.query.trashed)));
    for (const key of Object.keys(this.facets)) {
      $(`[data-facet-menu="${key}"]`, this.root).addEventListener("change", (event) => this.#change(() => this.query.toggle(key, event.target.value)));
    }
  }

  #drawStatuses() {
    const counts = this.#counts?.status;
    const all = counts && Object.values(counts).reduce((sum, each) => sum + each, 0);
    const chosen = this.query.chosen.status;
    const tab = (id, name, count) =>
      h("button", { type: "button", class: "btn btn-small", "aria-pressed": String(id ? chosen.includes(id) : !chosen.length), dataset: { id: id ?? "" }, on: { click: () => this.#change(() => this.query.only("status", id)) } }, [
        id && h("span", { class: `status-dot status-${id}` }),
        name,
        h("span", { class: "count" }, count === undefined ? "" : number(count)),
      ]);
    this.#redraw($("[data-statuses]", this.root), [
      tab(null, gettext("All"), all),
      ...this.statuses.map(({ id, name }) => tab(id, name, counts && (counts[id] ?? 0))),
    ]);
  }

  #drawFacet(key) {
    const counts = this.#counts?.[key];
    const chosen = this.query.chosen[key];
    this.#redraw($(`[data-facet-menu="${key}"]`, this.root), this.facets[key].map(({ id, name, color }) =>
      h("label", { class: "facet-choice" }, [
        h("input", { type: "checkbox", value: id, checked: chosen.includes(id), dataset: { id } }),
        color && h("span", { class: "swatch", style: { "--chip-color": color } }),
        h("span", { class: "truncate" }, name),
        h("span", { class: "count" }, counts ? number(counts[id] ?? 0) : ""),
      ]),
    ));
    const opener = $(`[data-facet="${key}"]`, this.root);
    opener.setAttribute("aria-pressed", String(chosen.length > 0));
    $("[data-facet-count]", opener).textContent = chosen.length ? String(chosen.length) : "";
  }

  #drawChosen() {
    const chips = Object.keys(this.facets).flatMap((key) => this.query.chosen[key].map((id) => {
      const choice = this.facets[key].find((each) => each.id === id);
      return this.#chip($(`[data-facet="${key}"]`, this.root).dataset.label, choice?.name ?? id, choice?.color, () => this.query.toggle(key, id));
    }));
    if (this.query.search) chips.push(this.#chip(gettext("Name"), `“${this.query.search}”`, null, () => (this.query.search = "")));
    const clear = h("button", { type: "button", class: "btn btn-ghost btn-small", on: { click: () => this.#change(() => this.query.clear()) } }, gettext("Clear filters"));
    const box = $("[data-chosen]", this.root);
    box.hidden = !chips.length;
    box.replaceChildren(...chips, clear);
  }

  #chip(key, value, color, remove) {
    return h("button", { type: "button", class: color ? "chip chosen" : "chip chip-plain chosen", style: color ? { "--chip-color": color } : {}, "aria-label": interpolate(gettext("Take away the filter %s"), [`${key}: ${value}`]), on: { click: () => this.#change(remove) } }, [
      h("span", { class: "muted" }, `${key}:`), h("span", { class: "truncate" }, value), icon("x"),
    ]);
  }

  /** Replace the choices and keep the focus on the same one. */
  #redraw(box, children) {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const focused = box.contains(active) ? active.dataset.id : null;
    box.replaceChildren(...children);
    if (focused !== null) $(`[data-id="${CSS.escape(focused)}"]`, box)?.focus();
  }

  #change(make) {
    make();
    this.draw();
    this.dispatchEvent(new Event("change"));
  }
}
