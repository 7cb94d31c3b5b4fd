import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { redraw } from "../lib/redraw.js";
import { labellers } from "../members/labellers.js";
import { confirmDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { toast } from "../widgets/toast.js";
import { assignImages } from "./dialog.js";
import { assignmentRow } from "./rows.js";

const PERIOD_MS = 20_000;
const fail = (error) => toast(error.message, { kind: "error" });

/** Who is to label which images, and how far they are. */
class AssignmentsPage {
  #page;
  #options = JSON.parse($("#assignments-options").textContent);
  #rows = [];
  #people = [];
  #failure;
  #next = /** @type {string|null} */ (null);
  #longer = false; // more than the first page is shown, which alone is read again from time to time

  constructor(page) {
    this.#page = page;
    this.#failure = new Failure($(".table-scroll", page), () => this.#load());
    if (this.#options.may.review) for (const button of document.querySelectorAll("[data-assign]")) on(button, "click", () => this.#assign().catch(fail));
    on($("[data-more]", page), "click", () => this.#loadMore().catch(fail));
    setInterval(() => document.hidden || this.#longer || this.#load(), PERIOD_MS);
    this.#load();
  }

  get #address() {
    return `/api/projects/${this.#options.project}/assignments/`;
  }

  async #load() {
    try {
      const [answer, people] = await Promise.all([
        api.get(this.#address),
        this.#options.may.review ? labellers(this.#options.project) : [],
      ]);
      this.#people = people;
      this.#rows = answer.results;
      this.#longer = false;
      this.#next = answer.next;
    } catch (error) {
      return this.#failure.show(error);
    }
    this.#failure.clear();
    return this.#draw();
  }

  async #loadMore() {
    if (!this.#next) return;
    const answer = await api.get(this.#next);
    this.#rows.push(...answer.results);
    this.#next = answer.next;
    this.#longer = true;
    this.#draw();
  }

  #draw() {
    const { user, may, project } = this.#options;
    const now = { user, may, page: `/projects/${project}/label/` };
    const verbs = { give: (id, person) => this.#give(id, person), turn: (id, done) => this.#turn(id, done).catch(fail), remove: (id) => this.#remove(id).catch(fail) };
    const list = $("[data-list]", this.#page);
    redraw(list, this.#rows.map((each) => assignmentRow(each, now, this.#people, verbs)));
    list.removeAttribute("aria-busy");
    $("[data-none]", this.#page).hidden = this.#rows.length > 0;
    $(".table-scroll", this.#page).hidden = !this.#rows.length;
    $("[data-more]", this.#page).hidden = !this.#next;
  }

  async #assign() {
    const made = await assignImages(this.#options.project, null);
    if (!made) return;
    const images = made.reduce((sum, each) => sum + each.images, 0);
    toast(interpolate(ngettext("%s image is assigned.", "%s images are assigned.", images), [number(images)]), { kind: "success" });
    await this.#load();
  }

  async #give(id, person) {
    try {
      this.#put(await api.patch(`/api/assignments/${id}/`, { assignee: person }));
    } catch (error) {
      fail(error);
      await this.#load();
    }
  }

  async #turn(id, done) {
    const address = `/api/assignments/${id}/completion/`;
    this.#put(done ? await api.put(address) : await api.delete(address));
  }

  async #remove(id) {
    const row = this.#rows.find((each) => each.id === id);
    const title = interpolate(gettext("Delete assignment %s?"), [row.number]);
    const text = gettext("Its images can be assigned to somebody else then. Their labels stay.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Delete"), danger: true }))) return;
    await api.delete(`/api/assignments/${id}/`);
    this.#rows = this.#rows.filter((each) => each.id !== id);
    this.#draw();
  }

  #put(row) {
    this.#rows = this.#rows.map((each) => (each.id === row.id ? row : each));
    this.#draw();
  }
}

attach("data-assignments", (page) => new AssignmentsPage(page));
