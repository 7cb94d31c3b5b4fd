import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { moment, number, relative } from "../lib/format.js";
import { redraw } from "../lib/redraw.js";
import { Failure } from "../widgets/failure.js";
import { toast } from "../widgets/toast.js";
import { startRound } from "./dialog.js";
import { progressOf, statePill } from "./words.js";

const PERIOD_MS = 20_000;

/** The rounds of a project, and how far they are. */
class RoundsPage {
  #page;
  #options = JSON.parse($("#rounds-options").textContent);
  #rows = [];
  #next = /** @type {string|null} */ (null);
  #failure;

  constructor(page) {
    this.#page = page;
    this.#failure = new Failure($(".table-scroll", page), () => this.#load());
    for (const button of document.querySelectorAll("[data-start-round]")) on(button, "click", () => this.#start().catch(fail));
    on($("[data-more]", page), "click", () => this.#load(this.#next).catch(fail));
    setInterval(() => document.hidden || this.#rows.length > 100 || this.#load(), PERIOD_MS);
    this.#load();
  }

  async #load(address = `/api/projects/${this.#options.project}/rounds/`) {
    try {
      const answer = await api.get(address);
      this.#rows = address === this.#next ? [...this.#rows, ...answer.results] : answer.results;
      this.#next = answer.next;
    } catch (error) {
      return this.#failure.show(error);
    }
    this.#failure.clear();
    const list = $("[data-list]", this.#page);
    redraw(list, this.#rows.map((each) => this.#row(each)));
    list.removeAttribute("aria-busy");
    $("[data-none]", this.#page).hidden = this.#rows.length > 0;
    $(".table-scroll", this.#page).hidden = !this.#rows.length;
    $("[data-more]", this.#page).hidden = !this.#next;
    return undefined;
  }

  async #start() {
    const made = await startRound(this.#options.project, null);
    if (made) location.assign(`/projects/${this.#options.project}/rounds/${made.number}/`);
  }

  #row(round) {
    const { id, number: place, note, images, people, created_at: at, created_by: by } = round;
    const mine = people.find((each) => each.person.id === this.#options.user);
    const { share, text } = progressOf(people);
    return h("tr", { dataset: { row: id } }, [
      h("td", null, [h("a", { href: `/projects/${this.#options.project}/rounds/${place}/` }, interpolate(gettext("Round %s"), [place])), note && h("div", { class: "muted small rounds-note" }, note)]),
      h("td", { class: "number", dataset: { label: gettext("Images") } }, number(images)),
      h("td", { dataset: { label: gettext("People") } }, h("span", { class: "truncate rounds-people", title: people.map((each) => each.person.name).join(", ") }, people.map((each) => each.person.name).join(", "))),
      h("td", { dataset: { label: gettext("Labelled") } }, h("div", { class: "rounds-progress" }, [h("progress", { class: "progress", value: share, max: "1", "aria-label": gettext("Labelled") }), h("span", { class: "number small nowrap" }, text)])),
      h("td", null, statePill(round)),
      h("td", { class: "muted nowrap", title: moment(at), dataset: { label: gettext("Started") } }, [relative(at), h("div", { class: "small truncate" }, by.name)]),
      h("td", null, mine && !round.closed_at && this.#options.may.label && h("a", { class: "btn btn-small", href: `/projects/${this.#options.project}/label/?round=${id}` }, gettext("Label"))),
    ]);
  }
}

const fail = (error) => toast(error.message, { kind: "error" });

attach("data-rounds", (page) => new RoundsPage(page));
