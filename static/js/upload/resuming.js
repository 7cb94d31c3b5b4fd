import { $, h } from "../lib/dom.js";
import { bytes, number, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { redraw } from "../lib/redraw.js";
import { once } from "../widgets/busy.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { fromHandles } from "./collect.js";
import { overlap, unchosen } from "./overlap.js";
import { distinct } from "./source.js";

const ASK_AGAIN = 15_000; // about what is sent elsewhere

/** Uploads that were broken off by a reload, a crash or a closed tab, and the ways to go on with them. */
export class Resuming {
  #uploads = [];
  #offering = Promise.resolve();
  #timer = 0;
  #missed = false; // what the server says of them could not be asked

  /**
   * @param {HTMLElement} root
   * @param {{
   *   rows: import("./upload_rows.js").UploadRows,
   *   resume: (upload: any, sources: any[], known: Map<any, any>) => void,
   *   unread: (failures: {path: string, reason: string}[]) => void,
   * }} parts
   */
  constructor(root, { rows, resume, unread }) {
    this.root = root;
    this.rows = rows;
    this.resume = resume;
    this.unread = unread;
  }

  offer() {
    this.#offering = this.#load();
  }

  async #load() {
    clearTimeout(this.#timer);
    try {
      this.#uploads = await this.rows.resumable();
      this.#missed = false;
    } catch (error) {
      this.#missed = Boolean(error.passing);
    }
    if (this.#missed || this.#uploads.some((each) => each.elsewhere)) this.#timer = setTimeout(() => this.offer(), ASK_AGAIN);
    this.#draw();
  }

  /** Of files that were chosen: whether they belong to a broken-off upload, which then goes on. */
  async match(sources) {
    if (this.#missed) this.offer();
    await this.#offering;
    for (const upload of this.#uploads) {
      const known = await this.#known(upload, sources);
      if (!known) continue;
      const shared = overlap(upload, sources, known);
      if (shared === "none") continue;
      const sure = shared === "all" && !upload.elsewhere;
      if (!sure && !(await this.#ask(upload))) continue;
      await this.#goOn(upload, sources, known);
      return true;
    }
    return false;
  }

  /** Other files would come under what was decided about labels then, or two pages would send the same. */
  #ask(upload) {
    return confirmDialog({
      title: interpolate(gettext("Go on with “%s”?"), [nameOf(upload)]),
      text: upload.elsewhere
        ? gettext("These files are being sent from another page or computer just now.")
        : gettext("Some of these files belong to this upload, which was broken off. If you go on with it, all of them come in as was decided about labels then."),
      confirm: gettext("Go on with it"),
      dismiss: gettext("Make a new upload"),
    });
  }

  /** Null when it has been cancelled somewhere else meanwhile. */
  async #known(upload, sources) {
    try {
      return await this.rows.known(upload, sources);
    } catch (error) {
      if (error.status !== 409 && error.status !== 404) throw error;
      this.#forget(upload);
      return null;
    }
  }

  #draw() {
    this.root.hidden = !this.#uploads.length;
    redraw($("[data-uploads]", this.root), this.#uploads.map((upload) => this.#row(upload)));
  }

  #row(upload) {
    const name = nameOf(upload);
    const { id } = upload;
    const button = (text, kind, verb) => h("button", { class: `btn btn-small ${kind}`, type: "button", "data-key": `${kind}-${id}`, on: { click: ({ currentTarget }) => once(currentTarget, () => verb(this.#find(id))) } }, text);
    return h("li", { class: "resume", dataset: { row: id } }, [
      h("div", { class: "resume-what" }, [
        h("strong", { class: "truncate", title: name }, name),
        h("span", { class: "muted small number" }, [
          interpolate(ngettext("%s of %s file has arrived, %s of %s", "%s of %s files have arrived, %s of %s", upload.files), [number(upload.arrived), number(upload.files), bytes(upload.arrived_bytes), bytes(upload.size_bytes)]),
          " · ", upload.elsewhere ? gettext("sending from another page or computer") : interpolate(gettext("broken off %s"), [relative(upload.heartbeat_at)]),
        ]),
        h("progress", { class: "progress", max: "1", value: String(upload.progress), "aria-label": gettext("Arrived so far") }),
        !upload.elsewhere && !upload.handles.length && h("span", { class: "small" }, chooseAgain(upload)),
      ]),
      !upload.elsewhere && h("div", { class: "row" }, [
        upload.handles.length > 0 && button([icon("play"), gettext("Go on")], "btn-primary", (it) => this.#open(it)),
        button(gettext("Give up"), "btn-ghost", (it) => this.#giveUp(it)),
      ]),
    ]);
  }

  /** A click is what browsers ask for before a page may read the folder again. */
  async #open(upload) {
    try {
      for (const handle of upload.handles) {
        const allowed = (await handle.queryPermission({ mode: "read" })) === "granted" || (await handle.requestPermission({ mode: "read" })) === "granted";
        if (!allowed) throw new Error(gettext("The browser may not read the files. Choose them again."));
      }
      const found = await fromHandles(upload.handles);
      const sources = distinct(found.sources);
      if (!sources.length) {
        upload.handles = [];
        throw new Error(gettext("The files are not where they were. Choose them again."));
      }
      const known = await this.rows.known(upload, sources);
      this.unread(found.failures);
      await this.#goOn(upload, sources, known);
    } catch (error) {
      toast(error.message, { kind: "error" });
      this.#draw();
    }
  }

  async #goOn(upload, sources, known) {
    this.#forget(upload);
    upload.unchosen = unchosen(upload, sources, known);
    await this.rows.take(upload);
    this.rows.pause(upload, false);
    this.resume(upload, sources, known);
  }

  async #giveUp(upload) {
    const sure = await confirmDialog({
      title: gettext("Give up this upload?"),
      text: gettext("What has arrived stays in the project. The rest can be sent again later; nothing is added twice."),
      confirm: gettext("Give up"),
    });
    if (!sure) return;
    try {
      await this.rows.cancel(upload);
      this.#forget(upload);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  /** As it stands now; each look brings new ones. */
  #find(id) {
    return this.#uploads.find((each) => each.id === id);
  }

  #forget({ id }) {
    this.#uploads = this.#uploads.filter((each) => each.id !== id);
    this.#draw();
  }
}

function nameOf(upload) {
  return upload.name || interpolate(ngettext("%s file", "%s files", upload.files), [number(upload.files)]);
}

function chooseAgain({ files, arrived }) {
  const left = files - arrived;
  return interpolate(ngettext("Drop or choose the same files again: the %s that is missing is sent, nothing twice.", "Drop or choose the same files again: the %s that are missing are sent, nothing twice.", left), [number(left)]);
}
