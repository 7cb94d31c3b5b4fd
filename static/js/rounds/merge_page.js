import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, fill, h, on, write } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { uuid } from "../store/uuid.js";
import { once } from "../widgets/busy.js";
import { confirmDialog } from "../widgets/dialog.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { toast } from "../widgets/toast.js";
import { Choice, IMAGE, rowsOf } from "./choice.js";
import { MergeStage } from "./merge_stage.js";
import { ownerGroup } from "./owner_group.js";
import { colorAt, IMAGE_COLOR } from "./people_colors.js";
import { shareText } from "./words.js";

const fail = (error) => toast(error.plain ?? error.message, { kind: "error" });

/** What everybody has labelled on one image of a round: a reviewer takes what is right, and goes on to the next. */
class MergePage {
  #page;
  #options = JSON.parse($("#merge-options").textContent);
  #classes = new Map(this.#options.classes.map((each) => [each.id, each]));
  #stage;
  #order = /** @type {any[]} */ ([]);
  #image = /** @type {any} */ (null);
  #choice = /** @type {Choice} */ (new Choice([], [], false));
  #owners = new Map();
  #hidden = new Set();
  #key = uuid();
  #asked = 0;

  constructor(page) {
    this.#page = page;
    this.#stage = new MergeStage(page, (id) => this.#toggle(id));
    this.#wire();
    this.#begin().catch(fail);
  }

  async #begin() {
    if (!this.#options.closed) return;
    ({ results: this.#order } = await api.get(`${this.#address}`));
    await this.#show(this.#options.image);
  }

  get #address() {
    return `/api/rounds/${this.#options.round}/images/`;
  }

  get #place() {
    return this.#order.findIndex((each) => each.id === this.#image?.id);
  }

  async #show(id) {
    const mine = (this.#asked += 1);
    const image = await api.get(`${this.#address}${id}/`);
    if (mine !== this.#asked) return;
    this.#image = image;
    this.#key = uuid();
    this.#owners = new Map(image.parts.map(({ person }, at) => [person.id, { name: person.name, color: colorAt(at) }]));
    this.#owners.set(IMAGE, { name: gettext("On the image now"), color: IMAGE_COLOR });
    this.#choice = new Choice(rowsOf(image), image.proposal, this.#options.oneClass);
    history.replaceState(null, "", `${this.#options.page}images/${id}/`);
    this.#drawBar();
    this.#draw();
    await this.#stage.show(image);
    if (mine === this.#asked) this.#draw();
  }

  #wire() {
    on(this.#page, "click", "[data-do]", (_event, button) => once(button, () => this.#do(button.dataset.do)).catch(fail));
    on(this.#page, "change", "[data-take]", (_event, box) => this.#toggle(box.dataset.take));
    on(this.#page, "change", "[data-take-all]", (_event, box) => this.#change(() => this.#choice.toggleAll(Number(box.dataset.takeAll))));
    on(this.#page, "click", "[data-only]", (_event, button) => this.#change(() => this.#choice.only(Number(button.dataset.only))));
    on(this.#page, "click", "[data-hide]", (_event, button) => this.#hide(Number(button.dataset.hide)));
    on(this.#page, "pointerover", "[data-row]", (_event, row) => this.#stage.point(row.dataset.row));
    on(this.#page, "pointerout", "[data-row]", () => this.#stage.point(null));
    const key = (keys, label, what) => ({ keys, label, run: () => void this.#do(what).catch(fail) });
    shortcuts.register(gettext("Merging"), [
      key("ArrowRight", gettext("Next image"), "next"),
      key("ArrowLeft", gettext("Previous image"), "previous"),
      key("m", gettext("Take what most people agree on"), "majority"),
      key("0", gettext("Take nothing"), "none"),
      ...Array.from({ length: 9 }, (_each, at) => ({ keys: String(at + 1), label: interpolate(gettext("Take only the labels of person %s"), [at + 1]), run: () => this.#only(at) })),
      key("Enter", gettext("Save as labelled, and go on"), "labelled"),
      key("shift+a", gettext("Approve, and go on"), "approved"),
      { keys: "z", label: gettext("Zoom in, or show the whole image"), run: () => this.#stage.looking.toggle() },
    ]);
  }

  #only(at) {
    const person = this.#image?.parts[at]?.person;
    if (person) this.#change(() => this.#choice.only(person.id));
  }

  #hide(owner) {
    if (!this.#hidden.delete(owner)) this.#hidden.add(owner);
    this.#draw();
  }

  #toggle(id) {
    this.#change(() => this.#choice.toggle(id));
  }

  #change(make) {
    make();
    this.#draw();
  }

  async #do(what) {
    if (!this.#image) return;
    if (what === "majority") this.#change(() => this.#choice.majority());
    else if (what === "none") this.#change(() => this.#choice.none());
    else if (what === "next") await this.#step(1);
    else if (what === "previous") await this.#step(-1);
    else await this.#save(what);
  }

  async #step(by) {
    const next = this.#order[this.#place + by];
    if (next) await this.#show(next.id);
    else toast(by > 0 ? gettext("This is the last image of the round.") : gettext("This is the first image of the round."), { seconds: 3 });
  }

  async #save(status) {
    const image = this.#image;
    if (!(await this.#mayReplace(image))) return;
    const body = { base_revision: image.revision, key: this.#key, take: [...this.#choice.taken], status };
    try {
      await api.post(`${this.#address}${image.id}/merge/`, body);
    } catch (error) {
      if (error.status !== 409) throw error;
      toast(gettext("The image was changed meanwhile. Look at it again."), { kind: "error" });
      await this.#show(image.id);
      return;
    }
    const row = this.#order[this.#place];
    if (row) row.merged_at = new Date().toISOString();
    const ahead = [...this.#order.slice(this.#place + 1), ...this.#order.slice(0, this.#place)].find((each) => !each.merged_at);
    toast(status === "approved" ? gettext("Merged and approved.") : gettext("Merged."), { kind: "success", seconds: 2 });
    if (ahead) await this.#show(ahead.id);
    else location.assign(this.#options.page);
  }

  /** What somebody has labelled on the image since the round began is not thrown away unasked. */
  async #mayReplace({ changed }) {
    const going = this.#choice.of(IMAGE).filter((row) => !this.#choice.has(row.id)).length;
    if (!changed || !going || this.#image.merged_at) return true;
    const text = interpolate(ngettext("The image was labelled otherwise since the round began: %s of its labels will go. Its revisions keep it.", "The image was labelled otherwise since the round began: %s of its labels will go. Its revisions keep them.", going), [number(going)]);
    return confirmDialog({ title: gettext("Replace the labels of the image?"), text, confirm: gettext("Replace") });
  }

  #drawBar() {
    const { name, score, merged_at: merged, changed } = this.#image;
    write($("[data-name]", this.#page), name);
    write($("[data-position]", this.#page), `${number(this.#place + 1)} / ${number(this.#order.length)}`);
    fill($("[data-score]", this.#page), [
      h("span", { class: "pill", title: gettext("How far people agree on this image") }, interpolate(gettext("Agreement %s"), [shareText(score)])),
      merged && h("span", { class: "pill pill-success" }, gettext("Merged")),
      changed && !merged && h("span", { class: "pill pill-warning" }, gettext("Labelled otherwise meanwhile")),
    ]);
  }

  #draw() {
    if (!this.#image) return;
    const parts = [...this.#image.parts, ...(this.#choice.of(IMAGE).length ? [{ person: { id: IMAGE }, annotations: [], status: "", comments: [] }] : [])];
    const list = $("[data-owners]", this.#page);
    const { scrollTop } = list;
    fill(list, parts.map((part, at) => ownerGroup(part, at, { choice: this.#choice, owner: this.#owners.get(part.person.id), classes: this.#classes, hidden: this.#hidden.has(part.person.id) })));
    list.scrollTop = scrollTop;
    write($("[data-taken]", this.#page), interpolate(ngettext("%s label taken", "%s labels taken", this.#choice.taken.size), [number(this.#choice.taken.size)]));
    this.#stage.draw(this.#choice, this.#owners, this.#classes, this.#hidden);
  }
}

attach("data-merge-page", (page) => new MergePage(page));
