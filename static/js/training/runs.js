import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { Failure } from "../widgets/failure.js";
import { More } from "../widgets/more.js";
import { runRow } from "./run_row.js";
import { unfinished } from "./run_status.js";

const PERIOD_MS = 2000;
const HIDDEN_PERIOD_MS = 15000;
const PAGE_SIZE = 50;

/** The project's runs, newest first; asked for again only while one of them is unfinished. */
class Runs {
  #element;
  #list;
  #version;
  #runs = [];
  #more;
  #failure;
  #chosen = new Set();
  #timer;

  constructor(element) {
    this.#element = element;
    this.#list = $("[data-list]", element);
    this.#version = $("[data-version]", element);
    this.#version.value = new URLSearchParams(location.search).get("version") ?? "";
    on(this.#version, "change", () => this.#filter());
    this.#more = new More($("[data-more] button", element), (page) => {
      this.#runs.push(...page.results);
      this.#show();
    });
    this.#failure = new Failure(this.#list, () => this.#refresh());
    on($("[data-compare-button]", element), "click", () => this.#compare());
    on(this.#list, "click", "[data-all-versions]", () => {
      this.#version.value = "";
      this.#filter();
    });
    on(document, "visibilitychange", () => document.hidden || this.#soon(0));
    this.#refresh();
  }

  #filter() {
    const address = new URL(location.href);
    if (this.#version.value) address.searchParams.set("version", this.#version.value);
    else address.searchParams.delete("version");
    history.replaceState(null, "", address);
    this.#runs = [];
    this.#more.begin();
    this.#refresh();
  }

  async #refresh() {
    clearTimeout(this.#timer);
    const version = this.#version.value;
    let page;
    try {
      page = await api.get(`${this.#element.dataset.runs}?page_size=${PAGE_SIZE}${version && `&version=${version}`}`);
    } catch (error) {
      if (version !== this.#version.value) return;
      this.#failure.show(error);
      if (error.passing) this.#soon(error.status === 429 ? HIDDEN_PERIOD_MS : PERIOD_MS);
      return;
    }
    if (version !== this.#version.value) return; // another version was chosen meanwhile
    this.#failure.clear();
    const first = new Set(page.results.map((run) => run.id));
    const older = this.#runs.filter((run) => !first.has(run.id) && run.id < Math.min(...first));
    if (!older.length && !this.#more.asking) this.#more.begin(page.next);
    this.#runs = [...page.results, ...older];
    this.#show();
    if (this.#runs.some(unfinished)) this.#soon();
  }

  /** The list is asked for again after a while, if something in it can still change. */
  #soon(wait = document.hidden ? HIDDEN_PERIOD_MS : PERIOD_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), wait);
  }

  #show() {
    this.#list.removeAttribute("aria-busy");
    const there = new Set(this.#runs.map((run) => run.id));
    for (const id of this.#chosen) if (!there.has(id)) this.#chosen.delete(id);
    $("[data-bar]", this.#element).hidden = !this.#runs.length && !this.#version.value;
    $("[data-count]", this.#element).textContent = this.#runs.length ? interpolate(ngettext("%s run", "%s runs", this.#runs.length), [number(this.#runs.length)]) : "";
    this.#draw();
    this.#showChosen();
  }

  #draw() {
    const focused = this.#list.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset.key;
    this.#list.replaceChildren(this.#runs.length ? this.#table() : this.#none());
    if (focused) $(`[data-key="${focused}"]`, this.#list)?.focus({ preventScroll: true });
  }

  #table() {
    const heads = [
      ["run-check", gettext("Selected")], ["run-state", gettext("Status")], ["run-name", gettext("Run")], ["number", gettext("Validation")],
      ["number", gettext("Test")], ["run-line", gettext("Course")], ["number", gettext("Took")], ["run-who", gettext("By")],
    ];
    const choose = (run, chosen) => this.#choose(run, chosen);
    return h("div", { class: "table-scroll runs-table" }, h("table", { class: "table" }, [
      h("caption", { class: "visually-hidden" }, gettext("Runs, newest first")),
      h("thead", null, h("tr", null, heads.map(([kind, name], index) => h("th", { class: kind, scope: "col" }, index ? name : h("span", { class: "visually-hidden" }, name))))),
      h("tbody", null, this.#runs.map((run) => runRow(run, { chosen: this.#chosen.has(run.id), choose }))),
    ]));
  }

  #none() {
    const version = this.#version.value;
    const content = $(version ? "template[data-none-of-version]" : "template[data-empty]").content.cloneNode(true);
    const train = $("[data-train-version]", content);
    if (train) train.href += version;
    return content;
  }

  #choose(run, chosen) {
    if (chosen) this.#chosen.add(run.id);
    else this.#chosen.delete(run.id);
    $(`tr[data-run="${run.id}"]`, this.#list).setAttribute("aria-selected", String(chosen));
    this.#showChosen();
  }

  #showChosen() {
    const count = this.#chosen.size;
    const enough = count > 1;
    $("[data-compare-button]", this.#element).disabled = !enough;
    $("[data-compare-hint]", this.#element).hidden = enough || this.#runs.length < 2;
    $("[data-compare-label]", this.#element).textContent = enough ? interpolate(gettext("Compare %s"), [number(count)]) : gettext("Compare");
  }

  #compare() {
    const oldestFirst = [...this.#chosen].sort((a, b) => a - b);
    location.assign(`${this.#element.dataset.compare}?runs=${oldestFirst.join(",")}`);
  }
}

attach("data-runs", (element) => new Runs(element));
