import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, $$, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { once } from "../widgets/busy.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { toast } from "../widgets/toast.js";
import { DeletedShapes } from "./deleted_shapes.js";
import { Preview } from "./preview.js";
import { RevisionList } from "./revision_list.js";

const PAUSE_MS = 80; // whoever goes through many revisions by key waits for none of them

/** The revisions of an image: what each was, what it changed, and back to any of them. */
class RevisionsPage {
  #element;
  #options;
  #preview;
  #list;
  #deleted;
  #restore;
  #asked = 0;
  #timer;
  #kept = new Map(); // revisions that were looked at; they never change
  #shown = /** @type {any} */ (null);

  constructor(element) {
    this.#element = element;
    this.#options = JSON.parse($("#revisions-options").textContent);
    const { image, statuses, classes, mayLabel } = this.#options;
    const byId = new Map(classes.map((each) => [each.id, each]));
    this.#preview = new Preview(element, image, byId);
    this.#restore = $("[data-restore]", element);
    this.#list = new RevisionList($("[data-panel=revisions]", element), { api, image: image.id, statuses, onChosen: (which, newest) => this.#chosen(which, newest) });
    this.#deleted = new DeletedShapes($("[data-panel=deleted]", element), {
      api, image, classes: byId, mayLabel, preview: this.#preview,
      onPoint: (row) => this.#shown && this.#preview.show({ ...this.#shown, added: [], changed: [], removed: [] }, row ? [row] : []),
      onBack: () => this.#list.load(),
    });
    this.#wire();
    this.#list.load();
  }

  #wire() {
    on(this.#element, "click", "[data-tab]", (event, tab) => {
      this.#open(tab.dataset.tab);
      if (event.detail) tab.blur(); // the keys are the list's
    });
    on(this.#element, "keydown", "[role=tablist]", (event) => ["ArrowLeft", "ArrowRight"].includes(event.key) && this.#otherTab());
    const differences = $("[data-differences]", this.#element);
    on(differences, "change", () => this.#show(differences.checked));
    if (this.#restore) on(this.#restore, "click", () => once(this.#restore, () => this.#bringBack()));
    const key = (keys, label, run) => ({ keys, label, run });
    const { looking } = this.#preview;
    shortcuts.register(gettext("Revisions"), [
      key("ArrowDown", gettext("Earlier revision"), () => this.#list.step(1)),
      key("ArrowUp", gettext("Later revision"), () => this.#list.step(-1)),
      key("Home", gettext("The newest revision"), () => this.#list.first()),
      key("End", gettext("The earliest that is listed"), () => this.#list.last()),
      key("d", gettext("Show what changed, or the classes' colours"), () => differences.click()),
      ...(this.#restore ? [key("Enter", gettext("Restore this revision"), () => this.#restore.click())] : []),
      key("z", gettext("Zoom in, or show the whole image"), () => looking.toggle()),
      key("+", gettext("Zoom in"), () => looking.zoom(1.5)),
      key("-", gettext("Zoom out"), () => looking.zoom(1 / 1.5)),
    ]);
  }

  #show(differences) {
    this.#preview.differences = differences;
    this.#preview.draw();
  }

  #otherTab() {
    const tab = $("[data-tab][aria-selected=false]", this.#element);
    this.#open(tab.dataset.tab);
    tab.focus();
  }

  #open(name) {
    for (const tab of $$("[data-tab]", this.#element)) {
      const chosen = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const panel of $$("[data-panel]", this.#element)) panel.hidden = panel.dataset.panel !== name;
    if (name === "deleted") {
      this.#list.first(); // what is there now is what the deleted ones would be added to
      this.#deleted.load();
    } else if (this.#shown) this.#preview.show(this.#shown);
  }

  #chosen(which, newest) {
    $("[data-title]", this.#element).textContent = which ? interpolate(gettext("Revision %s"), [number(which)]) : gettext("The image as it was added");
    if (this.#restore) this.#restore.disabled = newest;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(which), this.#kept.has(which) ? 0 : PAUSE_MS);
  }

  async #look(which) {
    const mine = (this.#asked += 1);
    try {
      if (!this.#kept.has(which)) this.#kept.set(which, await api.get(`/api/images/${this.#options.image.id}/revisions/${which}/`));
      if (mine !== this.#asked) return;
      this.#shown = this.#kept.get(which);
      this.#preview.show(this.#shown);
    } catch (error) {
      if (mine === this.#asked) toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#look(which) } });
    }
  }

  async #bringBack() {
    const which = this.#list.chosen;
    try {
      const { revision } = await api.post(`/api/images/${this.#options.image.id}/revisions/${which}/restore/`);
      toast(interpolate(gettext("Restored, as revision %s."), [number(revision)]), { kind: "success", seconds: 4 });
      await this.#list.load();
    } catch (error) {
      toast(error.plain ?? error.message, { kind: "error" });
    }
  }
}

attach("data-revisions-page", (element) => new RevisionsPage(element));
