import { api } from "../api/client.js";
import { assignImages } from "../assignments/dialog.js";
import { startRound } from "../rounds/dialog.js";
import { jobsChanged } from "../jobs/changed.js";
import { $, $$, h, write } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { ended, inTurn, parts } from "./bulk.js";
import { detectOn } from "./detect_dialog.js";

/** What one does with chosen images: the bar at the bottom and its calls. */
export class Actions {
  /** @param {HTMLElement} root @param {{listing: any, selection: any, query: any, options: any, reload: () => void, recount: () => void}} parts */
  constructor(root, parts) {
    this.root = root;
    this.listing = parts.listing;
    this.selection = parts.selection;
    this.query = parts.query;
    this.options = parts.options;
    this.reload = parts.reload;
    this.recount = parts.recount;
    this.#wire();
    this.selection.addEventListener("change", () => this.draw());
    this.listing.addEventListener("change", () => this.draw());
  }

  draw() {
    const { selection, listing, query } = this;
    const count = selection.size;
    this.root.hidden = !count;
    document.body.classList.toggle("gallery-selecting", Boolean(count));
    if (!count) return;
    write($("[data-selected]", this.root), interpolate(ngettext("%s chosen", "%s chosen", count), [number(count)]));
    const all = $("[data-select-all]", this.root);
    all.hidden = !listing.total || selection.size >= listing.total;
    all.textContent = interpolate(gettext("Choose all %s that match"), [number(listing.total ?? 0)]);
    for (const each of $$("[data-in]", this.root)) each.hidden = (each.dataset.in === "trash") !== query.trashed;
  }

  async trash() {
    const done = await this.#change({ trashed: true }, () => this.listing.refresh());
    if (!done) return;
    const undo = done.ids && { label: gettext("Undo"), run: () => this.#undo(() => this.#restore(done.ids)) };
    this.#tell(ngettext("%s image is in the trash.", "%s images are in the trash.", done.changed), done.changed, undo);
  }

  async restore() {
    const done = await this.#change({ trashed: false }, () => this.listing.refresh());
    if (done) this.#tell(ngettext("%s image is back.", "%s images are back.", done.changed), done.changed);
  }

  async split(split) {
    const done = await this.#change({ split }, (ids) => this.listing.update(ids, (image) => (image.split = split)));
    if (done) this.#tell(ngettext("The split of %s image is set.", "The split of %s images is set.", done.changed), done.changed);
  }

  async label(id) {
    const one = this.options.kind === "classification";
    const body = { class: id, mode: one ? "replace" : "add" };
    const done = await this.#send((images) => api.post(`/api/projects/${this.options.project}/annotations/bulk/`, { ...images, ...body }), (ids) =>
      this.listing.update(ids, (image) => {
        image.classes = one ? [id] : [...new Set([...image.classes, id])];
        image.status = "labelled";
      }));
    if (!done) return;
    const undo = { label: gettext("Undo"), run: () => this.#undo(() => this.#unlabel(done.keys)) };
    this.#tell(ngettext("%s image has the class now.", "%s images have the class now.", done.changed), done.changed, undo);
  }

  /** Several people label the chosen images, each without seeing the others' labels. */
  async startRound() {
    const { selection, query, options } = this;
    const { size: count, everything, ids } = selection;
    const body = everything ? { filters: query.filters, except: [...ids], expected: count } : { ids: [...ids] };
    try {
      const made = await startRound(options.project, { count, body });
      if (made) location.assign(`/projects/${options.project}/rounds/${made.number}/`);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  /** Whom these images are given to is asked for; what somebody has to do already stays theirs. */
  async assign() {
    const { selection, query, options } = this;
    const { size: count, everything, ids } = selection;
    const body = everything ? { filters: query.filters, except: [...ids], expected: count } : { ids: [...ids] };
    try {
      const made = await assignImages(options.project, { count, body });
      if (!made) return;
      const given = made.reduce((sum, each) => sum + each.images, 0);
      const show = { label: gettext("Show"), run: () => location.assign(`/projects/${options.project}/assignments/`) };
      selection.clear();
      this.#lookAgain();
      this.#tell(ngettext("%s image is assigned.", "%s images are assigned.", given), given, show);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  /** Faces, number plates or people are looked for by a worker. */
  async detect() {
    const { selection, query, options } = this;
    const { size: count, everything, ids } = selection;
    const bodies = everything ? [{ filters: query.filters, except: [...ids], expected: count }] : parts(ids);
    if (!(await detectOn(options, { count, bodies }))) return;
    selection.clear();
    const show = { label: gettext("Show"), run: () => location.assign(`/projects/${options.project}/jobs/`) };
    toast(gettext("This goes on in the background; you may leave the page."), { action: show });
  }

  async destroy() {
    const count = this.selection.size;
    const sure = await confirmDialog({
      title: interpolate(ngettext("Delete %s image for good?", "Delete %s images for good?", count), [number(count)]),
      text: gettext("Their labels go with them. Frozen versions keep the files they need. This cannot be undone."),
      confirm: gettext("Delete for good"),
      danger: true,
    });
    if (!sure) return;
    const done = await this.#send((images) => api.delete(`/api/projects/${this.options.project}/trash/`, images), () => this.listing.refresh(), count);
    if (done) this.#tell(ngettext("%s image is deleted.", "%s images are deleted.", done.changed), done.changed);
  }

  /** Everything in the trash, whatever the filters leave of it: as many as are in it when one is asked. */
  async empty() {
    const address = `/api/projects/${this.options.project}`;
    try {
      const { total } = await api.get(`${address}/images/counts/?trashed=1`);
      const sure = await confirmDialog({
        title: gettext("Empty the trash?"),
        text: interpolate(ngettext("%s image in it and its labels are deleted for good. Frozen versions keep the files they need. This cannot be undone.", "%s images in it and their labels are deleted for good. Frozen versions keep the files they need. This cannot be undone.", total), [number(total)]),
        confirm: gettext("Empty the trash"),
        danger: true,
      });
      if (!sure) return;
      const { deleted } = await this.#ended(await api.delete(`${address}/trash/`, { filters: {}, expected: total }));
      this.#tell(ngettext("%s image is deleted.", "%s images are deleted.", deleted), deleted);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    this.reload();
    this.recount();
  }

  #wire() {
    $("[data-clear]", this.root).addEventListener("click", () => this.selection.clear());
    $("[data-select-all]", this.root).addEventListener("click", () => this.selection.all());
    $("[data-do=round]", this.root)?.addEventListener("click", () => this.startRound());
    $("[data-do=assign]", this.root)?.addEventListener("click", () => this.assign());
    $("[data-do=detect]", this.root)?.addEventListener("click", () => this.detect());
    $("[data-do=trash]", this.root)?.addEventListener("click", () => this.trash());
    $("[data-do=restore]", this.root)?.addEventListener("click", () => this.restore());
    $("[data-do=destroy]", this.root)?.addEventListener("click", () => this.destroy());
    $("#class-menu")?.append(...this.options.classes.map((each) =>
      h("button", { type: "button", on: { click: () => this.label(each.id) } }, [h("span", { class: "swatch", style: { "--chip-color": each.color } }), h("span", { class: "truncate" }, each.name)]),
    ));
    $("#split-menu")?.append(...[...this.options.splits, { id: "", name: gettext("No split") }].map(({ id, name }) =>
      h("button", { type: "button", on: { click: () => this.split(id) } }, name),
    ));
  }

  async #restore(ids) {
    for (const some of parts(ids)) await api.post(this.#bulk, { ...some, set: { trashed: false } });
    this.#lookAgain();
  }

  async #unlabel(keys) {
    for (const key of keys) await this.#ended(await api.delete(`/api/projects/${this.options.project}/annotations/bulk/${key}/`));
    this.reload();
  }

  /** What was not undone because the network was away can still be. */
  async #undo(run) {
    try {
      await run();
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#undo(run) } });
    }
  }

  #change(set, locally) {
    return this.#send((images) => api.post(this.#bulk, { ...images, set }), locally);
  }

  get #bulk() {
    return `/api/projects/${this.options.project}/images/bulk/`;
  }

  /**
   * Calls once for all that match, or for slices of the chosen ids; then shows the outcome where one is, also of what was
   * done before one of them was refused. `expected`: how many all were when the person decided; the server does nothing
   * when they are more or fewer by now.
   */
  async #send(call, locally, expected = this.selection.size) {
    const { selection, query } = this;
    const { everything } = selection;
    const whole = { filters: query.filters, except: [...selection.ids], expected };
    this.root.setAttribute("aria-busy", "true");
    const all = /** @type {any[]} */ (everything ? [whole] : parts(selection.ids));
    const done = await inTurn(all, async (images) => this.#ended(await call(images)));
    this.root.removeAttribute("aria-busy");
    const { changed, keys, error } = done;
    const ids = everything ? null : new Set(done.parts.flatMap((part) => part.ids));
    if (error) {
      toast(error.message, { kind: "error" });
      if (error.status === 409) this.#lookAgain(); // all are still chosen: how many, one sees now
      else this.reload();
      return changed ? { changed, ids, keys } : null;
    }
    selection.clear();
    if (ids) locally(ids);
    else this.listing.refresh();
    this.recount();
    return { changed, ids, keys };
  }

  /** The list of jobs shows it too. */
  #ended(answer) {
    return ended(answer, () => {
      const show = { label: gettext("Show"), run: () => location.assign(`/projects/${this.options.project}/jobs/`) };
      toast(gettext("This goes on in the background; you may leave the page."), { action: show });
      jobsChanged();
    });
  }

  #lookAgain() {
    this.listing.refresh();
    this.recount();
  }

  #tell(text, count, action) {
    toast(interpolate(text, [number(count)]), { kind: "success", action: action || undefined });
  }
}
