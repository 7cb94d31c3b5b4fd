import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { jobsChanged } from "../jobs/changed.js";
import { $, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { isLarge } from "./batches.js";
import { Choosing } from "./choosing.js";
import { sendInPieces } from "./pieces.js";
import { Progress } from "./progress.js";
import { Report } from "./report.js";
import { Resuming } from "./resuming.js";
import { opened } from "./source.js";
import { Staging } from "./staging.js";
import { NoJournal, UploadJournal } from "./upload_journal.js";
import { UploadQueue } from "./upload_queue.js";
import { hasEnded, UploadRows } from "./upload_rows.js";

const ASK_EVERY = 1000;

/** The page on which images come in: choose, decide about labels, send, and read what became of each file. */
class Upload {
  #frame = 0;
  #open = new Set();

  constructor(root) {
    this.root = root;
    this.options = JSON.parse($("#upload-options").textContent);
    const journal = globalThis.indexedDB ? new UploadJournal(this.options.user) : new NoJournal();
    this.rows = new UploadRows(this.options.project, journal);
    this.queue = new UploadQueue({
      send: (items, options) => this.#send(items, options),
      follow: (...parts) => this.#follow(...parts),
      known: (items) => this.rows.ask(items[0].upload, items),
    });
    this.report = new Report($("[data-report]", root), this.queue);
    this.progress = new Progress($("[data-sending]", root), this.queue);
    this.staging = new Staging($("[data-staged]", root), { classes: this.options.classes, start: (staged) => this.#start(staged) });
    this.resuming = new Resuming($("[data-resumable]", root), {
      rows: this.rows, resume: (...parts) => this.#add(...parts), unread: (failures) => this.#unread(failures),
    });
    this.choosing = new Choosing($("[data-drop]", root), (found) => this.#choose(found));
    this.#wire();
    this.resuming.offer();
  }

  #wire() {
    this.queue.addEventListener("change", () => this.#soon());
    this.queue.addEventListener("settled", (/** @type {any} */ event) => this.#settled(event.detail));
    this.queue.addEventListener("paused", () => this.#tellPaused(this.queue.paused));
    on(window, "pagehide", () => this.queue.active && this.#tellPaused(true));
    $("[data-pause]", this.root).addEventListener("click", () => (this.queue.paused ? this.queue.resume() : this.queue.pause()));
    $("[data-retry]", this.root).addEventListener("click", () => this.#retry());
    $("[data-cancel]", this.root).addEventListener("click", () => this.#cancel());
    on($("[data-staged]", this.root), "click", () => this.#shrink());
    on(window, "beforeunload", (event) => this.queue.active && event.preventDefault());
  }

  /** What was on its way when it was paused has made the server think that it goes on. */
  #settled(items) {
    this.rows.settled(items);
    if (this.queue.paused && this.queue.active) this.#tellPaused(true);
  }

  #tellPaused(paused) {
    for (const upload of this.#open) this.rows.pause(upload, paused);
  }

  async #choose({ sources, handles, failures }) {
    this.#unread(failures);
    if (!sources.length || (await this.resuming.match(sources))) return;
    this.staging.choose(sources, handles);
    this.#shrink();
  }

  /** Lines of the report at once: whoever chose them finds out before anything is sent. */
  #unread(failures) {
    if (!failures.length) return;
    this.queue.unread(failures);
    $("[data-report]", this.root).hidden = false;
    toast(interpolate(ngettext("%s file or folder cannot be read; the report below says which.", "%s files or folders cannot be read; the report below says which.", failures.length), [number(failures.length)]), { kind: "error" });
  }

  async #start({ sources, handles, classFrom }) {
    this.#add(await this.rows.start(sources, handles, classFrom), sources, new Map());
  }

  #add(upload, sources, known) {
    this.#open.add(upload);
    $("[data-sending]", this.root).hidden = false;
    $("[data-report]", this.root).hidden = false;
    this.queue.add(sources, upload, known);
    this.#shrink();
    $("[data-sending]", this.root).scrollIntoView({ block: "nearest" });
  }

  async #cancel() {
    const sure = await confirmDialog({
      title: gettext("Stop sending?"),
      text: gettext("What has been added stays. The rest can be sent again later; nothing is added twice."),
      confirm: gettext("Stop sending"),
      danger: true,
    });
    if (!sure) return;
    this.queue.cancel();
    await this.#end((upload) => this.rows.cancel(upload));
  }

  /** What was stopped is opened again first; otherwise the server would refuse every file. */
  async #retry() {
    const stopped = new Set(this.queue.resendable.map((item) => item.upload).filter((upload) => upload.status === "cancelled"));
    try {
      for (const upload of stopped) {
        await this.rows.reopen(upload);
        this.#open.add(upload);
      }
      this.queue.retryFailed();
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  /** Small files together in one request, a large one in pieces. */
  async #send(items, options) {
    const { upload } = items[0];
    if (isLarge(items[0])) return { results: [await sendInPieces(items[0], { project: this.options.project, ...options })] };
    const form = new FormData();
    for (const item of items) form.append("files", await opened(item), item.path.split("/").pop());
    for (const item of items) form.append("paths", item.path);
    for (const item of items) form.append("modified", String(item.modified));
    form.append("upload", String(upload.id));
    return api.upload(`/api/projects/${this.options.project}/images/`, form, options);
  }

  /** Wait for a large ZIP, showing its members as they come. */
  async #follow(item, archive, signal) {
    let known = 0;
    jobsChanged();
    while (!hasEnded(archive)) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
      if (signal.aborted) {
        api.post(`/api/archives/${archive.id}/cancel/`).catch(() => {});
        signal.throwIfAborted();
      }
      try {
        archive = await api.get(`/api/archives/${archive.id}/?after=${known}`);
      } catch (error) {
        if (error.status) throw error;
        continue; // the network is away; the worker is not
      }
      known += archive.results.length;
      this.queue.members(item, archive.results);
      item.sent = item.size * archive.progress;
      item.reason = interpolate(gettext("Unpacking, %s"), [percent(archive.progress)]);
      this.#soon();
    }
    if (archive.status === "failed") item.problem = archive.error;
    if (archive.status === "cancelled") item.problem = gettext("Cancelled");
  }

  #soon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.progress.draw();
      this.report.draw();
      if (!this.queue.active) this.#end((upload) => this.#finish(upload));
    });
  }

  /** Tell the server that nothing more comes, once for each upload. */
  async #end(verb) {
    const uploads = [...this.#open];
    this.#open.clear();
    for (const upload of uploads) {
      try {
        await verb(upload);
      } catch (error) {
        if (error.status) toast(error.message, { kind: "error" });
        else this.#open.add(upload); // said again after the next change
      }
    }
  }

  /** While files of it have not even been chosen it is not over, and is offered again. */
  async #finish(upload) {
    if (!upload.unchosen) return this.rows.finish(upload);
    await this.rows.leave(upload);
    this.resuming.offer();
  }

  #shrink() {
    this.choosing.shrink(this.staging.size > 0 || this.queue.items.length > 0);
  }
}

attach("data-upload", (element) => new Upload(element));
