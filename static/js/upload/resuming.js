import { $, fill, h } from "../lib/dom.js";
import { bytes, number, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { fromHandles } from "./collect.js";

/** Uploads that were broken off by a reload, a crash or a closed tab, and the ways to go on with them. */
export class Resuming {
  #uploads = [];
  #offering = Promise.resolve();

  /**
   * @param {HTMLElement} root
   * @param {{rows: import("./upload_rows.js").UploadRows, resume: (upload: any, sources: any[], known: Map<any, any>) => void}} parts
   */
  constructor(root, { rows, resume }) {
    this.root = root;
    this.rows = rows;
    this.resume = resume;
  }

  offer() {
    this.#offering = this.#load();
  }

  async #load() {
    try {
      this.#uploads = await this.rows.resumable();
    } catch {
      this.#uploads = []; // nothing can be sent either
    }
    this.#draw();
  }

  /** Of files that were chosen: whether they belong to a broken-off upload, which then goes on. */
  async match(sources) {
    await this.#offering;
    for (const upload of this.#uploads) {
      const known = await this.#known(upload, sources);
      if (!known) continue;
      const size = sources.reduce((sum, each) => sum + each.size, 0);
      if (!known.size && !(upload.files === sources.length && upload.size_bytes === size)) continue;
      this.#goOn(upload, sources, known);
      return true;
    }
    return false;
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
    fill($("[data-uploads]", this.root), this.#uploads.map((upload) => this.#row(upload)));
  }

  #row(upload) {
    const left = upload.files - upload.arrived;
    const name = upload.name || interpolate(ngettext("%s file", "%s files", upload.files), [number(upload.files)]);
    return h("li", { class: "resume" }, [
      h("div", { class: "resume-what" }, [
        h("strong", { class: "truncate", title: name }, name),
        h("span", { class: "muted small number" }, [
          interpolate(gettext("%s of %s files have arrived, %s of %s"), [number(upload.arrived), number(upload.files), bytes(upload.arrived_bytes), bytes(upload.size_bytes)]),
          " · ", interpolate(gettext("broken off %s"), [relative(upload.heartbeat_at)]),
        ]),
        h("progress", { class: "progress", max: "1", value: String(upload.progress), "aria-label": gettext("Arrived so far") }),
        !upload.handles.length && h("span", { class: "small" }, interpolate(ngettext("Drop or choose the same files again: the %s that is missing is sent, nothing twice.", "Drop or choose the same files again: the %s that are missing are sent, nothing twice.", left), [number(left)])),
      ]),
      h("div", { class: "row" }, [
        upload.handles.length > 0 && h("button", { class: "btn btn-small btn-primary", type: "button", onClick: (event) => this.#open(upload, event.currentTarget) }, [icon("play"), gettext("Go on")]),
        h("button", { class: "btn btn-small btn-ghost", type: "button", onClick: () => this.#giveUp(upload) }, gettext("Give up")),
      ]),
    ]);
  }

  /** A click is what browsers ask for before a page may read the folder again. */
  async #open(upload, button) {
    button.setAttribute("aria-busy", "true");
    try {
      for (const handle of upload.handles) {
        const allowed = (await handle.queryPermission({ mode: "read" })) === "granted" || (await handle.requestPermission({ mode: "read" })) === "granted";
        if (!allowed) throw new Error(gettext("The browser may not read the files. Choose them again."));
      }
      const sources = await fromHandles(upload.handles);
      this.#goOn(upload, sources, await this.rows.known(upload, sources));
    } catch (error) {
      const gone = error.name === "NotFoundError";
      toast(gone ? gettext("The files are not where they were. Choose them again.") : error.message, { kind: "error" });
      if (gone) upload.handles = [];
      this.#draw();
    }
  }

  #goOn(upload, sources, known) {
    this.#forget(upload);
    this.rows.take(upload);
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

  #forget(upload) {
    this.#uploads = this.#uploads.filter((each) => each !== upload);
    this.#draw();
  }
}
