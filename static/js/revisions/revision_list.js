import { $, fill, h, on } from "../lib/dom.js";
import { moment, number, relative } from "../lib/format.js";
import { initials } from "../lib/initials.js";
import { Failure } from "../widgets/failure.js";
import { More } from "../widgets/more.js";
import { whatItDid } from "./words.js";

const PAGE = 50;
const NEAR_END = 8; // rows before the end, from which on the next page is read unasked

/** The revisions, newest first, and at last the image as it was added; one of them is chosen. */
export class RevisionList {
  #panel;
  #list;
  #address;
  #api;
  #statuses;
  #onChosen;
  #more;
  #failure;
  #chosen = -1;
  #ended = false;

  /**
   * @param {HTMLElement} panel
   * @param {{api: {get: Function}, image: number, statuses: Record<string, string>, onChosen: (number: number, newest: boolean) => void}} parts
   */
  constructor(panel, { api, image, statuses, onChosen }) {
    this.#panel = panel;
    this.#api = api;
    this.#list = $("[data-list]", panel);
    this.#address = `/api/images/${image}/history/?page_size=${PAGE}`;
    this.#statuses = statuses;
    this.#onChosen = onChosen;
    this.#more = new More($("[data-more] button", panel), (page) => this.#append(page));
    this.#failure = new Failure(this.#list, () => this.load());
    on(this.#list, "click", "[data-number]", (_event, row) => this.#choose(row));
    on(panel, "scroll", () => this.#readAhead());
  }

  get chosen() {
    return this.#chosen;
  }

  /** Read the newest ones, and choose the newest. */
  async load() {
    try {
      const page = await this.#api.get(this.#address);
      this.#failure.clear();
      this.#list.replaceChildren();
      this.#list.removeAttribute("aria-busy");
      this.#ended = false;
      this.#more.begin(page.next);
      this.#append(page);
      this.#choose(this.#list.firstElementChild);
    } catch (error) {
      this.#failure.show(error);
    }
  }

  /** Go to a later (-1) or an earlier one. */
  step(by) {
    const now = $("[aria-selected=true]", this.#list);
    const row = by < 0 ? now?.previousElementSibling : now?.nextElementSibling;
    if (row) this.#choose(row);
  }

  first() {
    this.#choose(this.#list.firstElementChild);
  }

  last() {
    this.#choose(this.#list.lastElementChild);
  }

  #choose(row) {
    if (!row?.dataset.number) return;
    $("[aria-selected=true]", this.#list)?.setAttribute("aria-selected", "false");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.#list.setAttribute("aria-activedescendant", row.id);
    this.#chosen = Number(row.dataset.number);
    this.#onChosen(this.#chosen, row === this.#list.firstElementChild);
    this.#readAhead(row);
  }

  #readAhead(row) {
    const rows = this.#list.children;
    const far = row ? [...rows].slice(-NEAR_END).includes(row) : this.#panel.scrollTop + this.#panel.clientHeight * 2 > this.#panel.scrollHeight;
    if (far && !this.#ended && !this.#more.asking) /** @type {HTMLElement} */ ($("[data-more] button", this.#panel)).click();
  }

  #append({ results, next }) {
    this.#list.append(...results.map((each) => this.#row(each)));
    this.#ended = !next;
    if (!next) this.#list.append(this.#made({ number: 0 }, [h("p", null, gettext("The image as it was added"))]));
  }

  #row(revision) {
    const [first, ...others] = whatItDid(revision, this.#statuses);
    return this.#made(revision, [
      h("span", { class: "avatar", "aria-hidden": "true" }, initials(revision.author_name)),
      h("div", null, [
        h("p", { class: "revisions-what" }, first),
        others.map((each) => h("p", { class: "small" }, each)),
        h("p", { class: "muted small" }, [h("span", null, revision.author_name), " · ", h("time", { datetime: revision.created_at, title: moment(revision.created_at) }, relative(revision.created_at))]),
      ]),
    ]);
  }

  #made({ number: which }, children) {
    const row = h("li", { class: "revisions-row", role: "option", id: `revision-${which}`, "aria-selected": "false", dataset: { number: which } });
    return fill(row, children, h("span", { class: "number muted small" }, `#${number(which)}`));
  }
}
