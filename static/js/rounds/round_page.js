import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, $$, fill, h, on, write } from "../lib/dom.js";
import { moment, number } from "../lib/format.js";
import { redraw } from "../lib/redraw.js";
import { saveCsv } from "../training/csv.js";
import { once } from "../widgets/busy.js";
import { confirmDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { toast } from "../widgets/toast.js";
import { RoundImages } from "./round_images.js";
import { csvRows, classRows, MEASURES, peopleTable } from "./tables.js";
import { kappaText, kappaWord, shareText, statePill } from "./words.js";

const PERIOD_MS = { open: 15_000, working: 1_500 };
const fail = (error) => toast(error.plain ?? error.message, { kind: "error" });

/** One round: how far its people are, and once it is closed how far they agree. */
class RoundPage {
  #page;
  #options = JSON.parse($("#round-options").textContent);
  #classes = new Map(this.#options.classes.map((each) => [each.id, each]));
  #failure;
  #images;
  #timer;
  #round = /** @type {any} */ (null);
  #agreement = /** @type {any} */ (null);
  #drawn = 0; // the attempt whose figures are shown

  constructor(page) {
    this.#page = page;
    this.#failure = new Failure($("[data-body]", page), () => this.#load());
    const images = $("[data-images]", page);
    this.#images = images && new RoundImages(images, this.#options, () => this.#load());
    on(document, "click", "[data-do]", (_event, button) => once(button, () => this.#do(button.dataset.do)).catch(fail));
    const measure = $("[data-measure]", page);
    if (measure) on(measure, "change", () => this.#drawFigures());
    on(document, "visibilitychange", () => document.hidden || this.#load());
    this.#load();
  }

  get #address() {
    return `/api/rounds/${this.#options.round}/`;
  }

  async #load() {
    clearTimeout(this.#timer);
    try {
      this.#round = await api.get(this.#address);
      const reads = this.#round.closed_at && this.#options.may.review;
      this.#agreement = reads ? await api.get(`${this.#address}agreement/`).catch((error) => (error.status === 404 ? null : Promise.reject(error))) : null;
    } catch (error) {
      return this.#failure.show(error);
    }
    this.#failure.clear();
    this.#draw();
    const working = ["queued", "running"].includes(this.#agreement?.status);
    if (!this.#round.closed_at || working) this.#timer = setTimeout(() => document.hidden || this.#load(), working ? PERIOD_MS.working : PERIOD_MS.open);
    return undefined;
  }

  #draw() {
    const { people, closed_at: closed, images, empty, created_at: at, created_by: by, note } = this.#round;
    const { user, may } = this.#options;
    const mine = people.find((each) => each.person.id === user);
    fill($("[data-state]", this.#page), statePill(this.#round));
    const start = empty ? gettext("People start with nothing on the images") : gettext("People start with the labels that were there");
    write($("[data-facts]", this.#page), [interpolate(ngettext("%s image", "%s images", images), [number(images)]), start, interpolate(gettext("started by %s, %s"), [by.name, moment(at)])].join(" · "));
    write($("[data-note]", this.#page), note);
    redraw($("[data-people]", this.#page), people.map((each) => this.#person(each)));
    const status = this.#agreement?.status;
    const shown = {
      label: mine && !closed && may.label, done: mine && !closed && may.label && !mine.finished_at, undone: mine && !closed && may.label && mine.finished_at,
      close: may.review && !closed, reopen: may.review && closed, delete: may.review, csv: status === "completed",
      again: may.review && closed && !["queued", "running"].includes(status),
    };
    for (const button of $$("[data-do]")) if (button.dataset.do in shown) button.hidden = !shown[button.dataset.do];
    const states = { waiting: !closed, closed: closed && !may.review, working: closed && may.review && ["queued", "running"].includes(status), failed: closed && may.review && (!this.#agreement || ["failed", "cancelled"].includes(status)), figures: status === "completed" };
    for (const each of $$("[data-when]", this.#page)) each.hidden = !states[each.dataset.when];
    if (states.working) $("[data-when=working] progress", this.#page).value = this.#agreement.progress;
    if (states.failed) write($("[data-why]", this.#page), this.#agreement?.error || gettext("It was not worked out."));
    if (states.figures && this.#drawn !== this.#agreement.id) {
      this.#drawn = this.#agreement.id;
      this.#drawFigures();
      this.#images?.load().catch(fail);
    }
    if (!closed) this.#drawn = 0;
  }

  #person({ person, total, labelled, finished_at: done }) {
    return h("tr", { dataset: { row: person.id } }, [
      h("th", { scope: "row" }, h("span", { class: "truncate round-name", title: person.name }, person.name)),
      h("td", null, h("div", { class: "rounds-progress" }, [h("progress", { class: "progress", value: total ? labelled / total : 0, max: "1", "aria-label": person.name }), h("span", { class: "number small nowrap" }, `${number(labelled)} / ${number(total)}`)])),
      h("td", null, done ? h("span", { class: "pill pill-success", title: moment(done) }, gettext("Done")) : h("span", { class: "pill" }, gettext("At it"))),
    ]);
  }

  get #people() {
    return this.#round.people.map((each) => each.person);
  }

  #drawFigures() {
    const { figures } = this.#agreement;
    const measure = /** @type {keyof typeof MEASURES} */ ($("[data-measure]", this.#page).value);
    fill($("[data-pairs]", this.#page), peopleTable(this.#people, figures.pairs, measure));
    write($("[data-measure-hint]", this.#page), MEASURES[measure].title());
    fill($("[data-classes]", this.#page), classRows(figures.classes, this.#classes));
    $("[data-no-labels]", this.#page).hidden = figures.classes.length > 0;
    const tile = (name, value, title) => h("div", { class: "card round-figure", title }, [h("span", { class: "muted small" }, name), h("strong", { class: "number" }, value)]);
    fill($("[data-overall]", this.#page), [
      tile(gettext("Agreement"), shareText(figures.agreement), MEASURES.agreement.title()),
      tile(gettext("Mean overlap"), shareText(figures.mean_iou), MEASURES.mean_iou.title()),
      figures.fleiss_tags !== null && tile(gettext("Fleiss' kappa of images' classes"), kappaText(figures.fleiss_tags), kappaWord(figures.fleiss_tags)),
    ]);
  }

  async #do(what) {
    const verbs = {
      done: () => api.put(`${this.#address}completion/`),
      undone: () => api.delete(`${this.#address}completion/`),
      close: () => this.#close(),
      reopen: () => this.#reopen(),
      again: () => api.post(`${this.#address}agreement/`),
      delete: () => this.#delete(),
      csv: () => this.#save(),
    };
    if (!verbs[what]) return;
    await verbs[what]();
    if (what !== "delete") await this.#load();
  }

  async #close() {
    const waiting = this.#round.people.filter((each) => !each.finished_at).map((each) => each.person.name);
    const text = waiting.length ? interpolate(gettext("These people are not done: %s. What they have not labelled is left out, and nobody can change labels of the round any more."), [waiting.join(", ")]) : gettext("Nobody can change labels of the round any more.");
    if (await confirmDialog({ title: gettext("Close the round?"), text, confirm: gettext("Close the round") })) await api.put(`${this.#address}closing/`);
  }

  async #reopen() {
    const text = gettext("Its people can go on. You no longer see their labels until it is closed again, and the figures are worked out anew then.");
    if (await confirmDialog({ title: gettext("Open the round again?"), text, confirm: gettext("Open it again") })) await api.delete(`${this.#address}closing/`);
  }

  async #delete() {
    const text = gettext("All that people have labelled in it is deleted for good. What was merged stays on the images.");
    if (!(await confirmDialog({ title: interpolate(gettext("Delete round %s?"), [this.#options.number]), text, confirm: gettext("Delete"), danger: true }))) return;
    await api.delete(this.#address);
    location.assign(`/projects/${this.#options.project}/rounds/`);
  }

  async #save() {
    const images = this.#images ? await this.#images.all() : [];
    saveCsv(`${this.#options.name} ${gettext("round")} ${this.#options.number}.csv`, csvRows(this.#agreement.figures, this.#people, this.#classes, images));
  }
}

attach("data-round", (page) => new RoundPage(page));
