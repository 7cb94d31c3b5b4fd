import { api } from "../api/client.js";
import { LineChart } from "../charts/line_chart.js";
import { attach } from "../lib/attach.js";
import { $, $$, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { saveCsv } from "../training/csv.js";
import { Failure } from "../widgets/failure.js";
import { days, lines, MEASURES, sums, total } from "./sums.js";

/** What each person has done, day by day, as a chart and a table. */
class ThroughputPage {
  #page;
  #options = JSON.parse($("#throughput-options").textContent);
  #form;
  #chart;
  #failure;
  #asked = 0;
  #answer = /** @type {any} */ (null);

  constructor(page) {
    this.#page = page;
    this.#form = $("[data-period]", page);
    this.#failure = new Failure($("[data-figures]", page), () => this.#load());
    this.#chart = new LineChart($("[data-chart]", page), [], { x: gettext("Day"), min: 0, formatX: (value) => this.#dayName(value), format: (value) => (Number.isInteger(value) ? number(value) : ""), summary: gettext("What people did on each day") });
    this.#fill();
    on(this.#form, "change", (event) => this.#changed(event.target.name));
    on(this.#form, "submit", (event) => event.preventDefault());
    on($("[data-csv]"), "click", () => this.#save());
    this.#load();
  }

  #fill() {
    const query = new URLSearchParams(location.search);
    for (const name of ["measure", "rows"]) if (query.has(name)) this.#form.elements[name].value = query.get(name);
    const [first, last] = [query.get("first"), query.get("last")];
    if (first && last) [this.#form.elements.first.value, this.#form.elements.last.value, this.#form.elements.span.value] = [first, last, ""];
    else this.#span(query.get("span") ?? "30");
  }

  /** So many days that end today. */
  #span(span) {
    const { elements } = this.#form;
    elements.span.value = span;
    if (!elements.span.value) elements.span.value = "30";
    const day = (back) => {
      const date = new Date();
      date.setDate(date.getDate() - back);
      return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    };
    [elements.first.value, elements.last.value] = [day(Number(elements.span.value) - 1), day(0)];
  }

  #changed(name) {
    const { elements } = this.#form;
    if (name === "span" && elements.span.value) this.#span(elements.span.value);
    if (name === "first" || name === "last") elements.span.value = "";
    const { span, first, last, measure, rows } = elements;
    const period = span.value ? { span: span.value } : { first: first.value, last: last.value };
    history.replaceState(null, "", `?${new URLSearchParams({ ...period, measure: measure.value, rows: rows.value })}`);
    if (["measure", "rows"].includes(name)) this.#draw();
    else this.#load();
  }

  async #load() {
    const { first, last } = this.#form.elements;
    const asked = (this.#asked += 1);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const query = new URLSearchParams({ timezone: timeZone ?? "UTC", ...(first.value && { first: first.value }), ...(last.value && { last: last.value }) });
    $("[data-figures]", this.#page).setAttribute("aria-busy", "true");
    try {
      const answer = await api.get(`/api/projects/${this.#options.project}/throughput/?${query}`);
      if (asked !== this.#asked) return;
      this.#answer = answer;
    } catch (error) {
      if (asked === this.#asked) this.#failure.show(error);
      return;
    }
    this.#failure.clear();
    $("[data-figures]", this.#page).removeAttribute("aria-busy");
    this.#draw();
  }

  get #names() {
    return new Map(this.#answer.people.map(({ id, name }) => [id, name]));
  }

  #draw() {
    if (!this.#answer) return;
    const { results, first, last } = this.#answer;
    const names = this.#names;
    const { measure, rows } = this.#form.elements;
    $("[data-none]", this.#page).hidden = results.length > 0;
    $("[data-shown]", this.#page).hidden = !results.length;
    $("[data-csv]").disabled = !results.length;
    const period = days(first, last);
    const drawn = lines(results, period, measure.value);
    this.#chart.setLines(drawn.people.map((person) => ({ label: person === null ? gettext("All others") : names.get(person) })));
    this.#chart.setData([period.map((_day, at) => at), ...drawn.values]);
    const listed = sums(results, rows.value);
    const byDay = rows.value === "day";
    $("[data-head]", this.#page).textContent = byDay ? gettext("Day") : gettext("Person");
    $("[data-others]", this.#page).textContent = byDay ? gettext("People") : gettext("Days");
    $("[data-list]", this.#page).replaceChildren(...listed.map((each) => row(byDay ? dayName(each.key) : names.get(each.key), each, each.others)));
    $("[data-total]", this.#page).replaceChildren(row(gettext("Together"), total(listed), null));
    for (const cell of $$("thead [data-measure]", this.#page)) cell.setAttribute("aria-current", String(cell.dataset.measure === measure.value));
  }

  #dayName(at) {
    const period = this.#answer ? days(this.#answer.first, this.#answer.last) : [];
    return Number.isInteger(at) && period[at] ? dayName(period[at], { day: "numeric", month: "short" }) : "";
  }

  #save() {
    const names = this.#names;
    const { results, first, last } = this.#answer;
    saveCsv(`${this.#options.name} ${first} ${last}.csv`, [["person", "day", ...MEASURES], ...results.map((each) => [names.get(each.person), each.day, ...MEASURES.map((name) => each[name])])]);
  }
}

function row(name, counts, others) {
  return h("tr", null, [
    h("th", { scope: "row" }, h("span", { class: "truncate throughput-name", title: name }, name)),
    ...MEASURES.map((measure) => h("td", { class: counts[measure] ? "number" : "number muted" }, number(counts[measure]))),
    h("td", { class: "number muted" }, others === null ? "" : number(others)),
  ]);
}

/** @param {string} day @param {Intl.DateTimeFormatOptions} [style] */
function dayName(day, style = { weekday: "short", day: "numeric", month: "short", year: "numeric" }) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...style, timeZone: "UTC" }).format(new Date(`${day}T00:00Z`));
}

attach("data-throughput", (page) => new ThroughputPage(page));
