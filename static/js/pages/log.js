import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { clock, moment } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { Failure } from "../widgets/failure.js";
import { More } from "../widgets/more.js";

const TYPING_MS = 250;
const DAY_MS = 24 * 3600 * 1000;

/** Who did what, newest first, by days; the filters stand in the address of the page. */
class LogPage {
  #element;
  #list;
  #filters;
  #more;
  #failure;
  #day = "";
  #asked = 0;
  #timer;

  constructor(element) {
    this.#element = element;
    this.#list = $("[data-list]", element);
    this.#filters = $("[data-filters]", element);
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (this.#filters.elements[name]) this.#filters.elements[name].value = value;
    }
    on(this.#filters, "submit", (event) => event.preventDefault());
    on(this.#filters, "input", () => this.#soon());
    on(this.#filters, "reset", () => setTimeout(() => this.#load()));
    on(this.#list, "click", "[data-clear]", () => this.#filters.reset());
    this.#more = new More($("[data-more] button", element), (page) => this.#append(page));
    this.#failure = new Failure(this.#list, () => this.#load());
    this.#load();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), TYPING_MS);
  }

  async #load() {
    clearTimeout(this.#timer);
    const mine = (this.#asked += 1);
    const chosen = this.#chosen();
    history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
    $("[type=reset]", this.#filters).hidden = !chosen.size;
    this.#list.setAttribute("aria-busy", "true");
    this.#more.begin();
    try {
      const page = await api.get(`${this.#element.dataset.log}?${asQuery(chosen)}`);
      if (mine === this.#asked) this.#show(page, chosen.size ? "template[data-none]" : "template[data-empty]");
    } catch (error) {
      if (mine === this.#asked) this.#failure.show(error);
    }
  }

  #show(page, nothing) {
    this.#failure.clear();
    this.#day = "";
    this.#list.replaceChildren();
    this.#list.removeAttribute("aria-busy");
    if (page.results.length) this.#append(page);
    else this.#list.append($(nothing, this.#element).content.cloneNode(true));
    this.#more.begin(page.next);
  }

  #chosen() {
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(this.#filters)) if (String(value).trim()) chosen.set(name, String(value).trim());
    return chosen;
  }

  #append(page) {
    for (const entry of page.results) {
      const day = new Date(entry.at).toDateString();
      if (day !== this.#day) {
        this.#day = day;
        this.#list.append(h("h2", { class: "log-day" }, dayName(entry.at)), h("ol", { class: "log-entries" }));
      }
      this.#list.lastElementChild.append(row(entry));
    }
  }
}

/** What the API takes: days begin at midnight where the reader is, and the last one counts whole. */
function asQuery(chosen) {
  const query = new URLSearchParams(chosen);
  const since = chosen.get("since");
  const until = chosen.get("until");
  if (since) query.set("since", new Date(`${since}T00:00`).toISOString());
  if (until) query.set("until", new Date(new Date(`${until}T00:00`).getTime() + DAY_MS).toISOString());
  return query;
}

function row(entry) {
  const { person } = entry;
  const text = entry.address ? h("a", { href: entry.address }, entry.text) : entry.text;
  return h("li", { class: "log-entry" }, [
    h("time", { datetime: entry.at, title: moment(entry.at) }, clock(entry.at)),
    h("span", { class: "avatar", "aria-hidden": "true" }, person ? person.initials : icon("bot")),
    h("p", null, [
      h("strong", { class: person && !person.active && "person-gone" }, person ? person.name : gettext("The site")),
      person && !person.active && h("span", { class: "muted small" }, ` (${gettext("deactivated")})`),
      " ",
      text,
    ]),
  ]);
}

function dayName(when) {
  const language = document.documentElement.lang || "en";
  const then = new Date(when);
  const days = Math.round((new Date(new Date().toDateString()).getTime() - new Date(then.toDateString()).getTime()) / DAY_MS);
  if (days < 2) {
    const name = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day");
    return name[0].toUpperCase() + name.slice(1);
  }
  return new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(then);
}

attach("data-log", (element) => new LogPage(element));
