import { api } from "../api/client.js";
import { $, fill, h, on, write } from "../lib/dom.js";
import { moment, number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { MergeJobs } from "./merge_jobs.js";
import { shareText } from "./words.js";

const AT_ONCE = 60;

/** The images of a closed round, those first on which people agree least; each leads to where it is merged. */
export class RoundImages {
  #element;
  #options;
  #rows = /** @type {any[]} */ ([]);
  #shown = AT_ONCE;
  #loading = /** @type {Promise<any>|null} */ (null);

  /** @param {HTMLElement} element @param {any} options of the page @param {() => void} changed */
  constructor(element, options, changed) {
    this.#element = element;
    this.#options = options;
    this.jobs = new MergeJobs($("[data-merges]", element), options, () => this.#rows, () => {
      this.load();
      changed();
    });
    on($("[data-only-open]", element), "change", () => this.#draw());
    on($("[data-more-images]", element), "click", () => {
      this.#shown += AT_ONCE;
      this.#draw();
    });
  }

  async load() {
    this.#loading = api.get(`/api/rounds/${this.#options.round}/images/`);
    ({ results: this.#rows } = await this.#loading);
    this.jobs.load();
    this.#draw();
  }

  async all() {
    await this.#loading;
    return this.#rows;
  }

  #draw() {
    const only = $("[data-only-open]", this.#element).checked;
    const rows = only ? this.#rows.filter((each) => !each.merged_at) : this.#rows;
    const merged = this.#rows.filter((each) => each.merged_at).length;
    write($("[data-merged-count]", this.#element), interpolate(gettext("%s of %s merged"), [number(merged), number(this.#rows.length)]));
    fill($("[data-image-list]", this.#element), rows.slice(0, this.#shown).map((each) => this.#tile(each)));
    $("[data-more-images]", this.#element).hidden = rows.length <= this.#shown;
    $("[data-no-images]", this.#element).hidden = rows.length > 0;
    const next = this.#rows.find((each) => !each.merged_at);
    const link = $("[data-merge-next]", this.#element);
    link.hidden = !next;
    if (next) link.href = this.#href(next);
  }

  #href({ id }) {
    return `${this.#options.page}images/${id}/`;
  }

  #tile(row) {
    const { name, thumbnail, score, people, merged_at: merged, changed } = row;
    return h("a", { class: "card round-tile", href: this.#href(row), title: name }, [
      h("img", { src: thumbnail, alt: "", loading: "lazy", decoding: "async" }),
      h("span", { class: "row row-between" }, [
        h("strong", { class: "number round-score", style: { "--share": String(score ?? 0) } }, shareText(score)),
        merged ? h("span", { class: "pill pill-success", title: moment(merged) }, [icon("check"), gettext("Merged")]) : score === null ? h("span", { class: "pill" }, interpolate(ngettext("%s person", "%s people", people), [number(people)])) : changed && h("span", { class: "pill pill-warning", title: gettext("It was labelled otherwise since the round began.") }, gettext("Changed")),
      ]),
      h("span", { class: "truncate small muted" }, name.split("/").pop()),
    ]);
  }
}
