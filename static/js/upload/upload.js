import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { bytes, duration, number, percent } from "../lib/format.js";
import { confirmDialog } from "../widgets/dialog.js";
import { isZip } from "./batches.js";
import { foldersOf, fromDrop, fromInput } from "./collect.js";
import { Report } from "./report.js";
import { UploadQueue } from "./upload_queue.js";

const MOST_CHIPS = 24;
const ASK_EVERY = 1000;

/** The page on which images come in: choose, decide about labels, send, and read what became of each file. */
class Upload {
  #chosen = [];
  #frame = 0;

  constructor(root) {
    this.root = root;
    this.options = JSON.parse($("#upload-options").textContent);
    this.queue = new UploadQueue({ send: (items, options) => this.#send(items, options), follow: (...parts) => this.#follow(...parts) });
    this.report = new Report($("[data-report]", root), this.queue);
    this.queue.addEventListener("change", () => this.#soon());
    this.#wireChoosing();
    this.#wireSending();
  }

  #wireChoosing() {
    for (const input of [$("[data-files]", this.root), $("[data-folder]", this.root)]) {
      input.addEventListener("change", () => {
        this.#choose(fromInput(input.files));
        input.value = "";
      });
    }
    let depth = 0;
    const over = (change) => {
      depth = change ? depth + change : 0;
      $("[data-drop]", this.root).classList.toggle("over", depth > 0);
    };
    on(document, "dragenter", (event) => carriesFiles(event) && over(1));
    on(document, "dragleave", (event) => carriesFiles(event) && over(-1));
    on(document, "dragover", (event) => carriesFiles(event) && event.preventDefault());
    on(document, "drop", async (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      over(0);
      this.#reading(true);
      this.#choose(await fromDrop(event.dataTransfer));
      this.#reading(false);
    });
    on($("[data-staged]", this.root), "change", () => this.#drawStaged());
    $("[data-start]", this.root).addEventListener("click", () => this.#start());
    $("[data-forget]", this.root).addEventListener("click", () => {
      this.#chosen = [];
      this.#drawStaged();
    });
  }

  #wireSending() {
    $("[data-pause]", this.root).addEventListener("click", () => (this.queue.paused ? this.queue.resume() : this.queue.pause()));
    $("[data-retry]", this.root).addEventListener("click", () => this.queue.retryFailed());
    $("[data-cancel]", this.root).addEventListener("click", async () => {
      const sure = await confirmDialog({
        title: gettext("Stop sending?"),
        text: gettext("What has been added stays. The rest can be sent again later; nothing is added twice."),
        confirm: gettext("Stop sending"),
        danger: true,
      });
      if (sure) this.queue.cancel();
    });
    on(window, "beforeunload", (event) => this.queue.active && event.preventDefault());
  }

  #reading(busy) {
    $("[data-drop]", this.root).setAttribute("aria-busy", String(busy));
  }

  #choose(files) {
    const known = new Set(this.#chosen.map((each) => each.path));
    this.#chosen = [...this.#chosen, ...files.filter((each) => !known.has(each.path))];
    this.#drawStaged();
  }

  #drawStaged() {
    const files = this.#chosen;
    const staged = $("[data-staged]", this.root);
    staged.hidden = !files.length;
    $("[data-drop]", this.root).classList.toggle("small", files.length > 0 || this.queue.items.length > 0);
    if (!files.length) return;
    const size = files.reduce((sum, { file }) => sum + file.size, 0);
    const zips = files.filter(isZip).length;
    $("[data-summary]", staged).textContent = [
      interpolate(ngettext("%s file", "%s files", files.length), [number(files.length)]),
      bytes(size),
      zips && interpolate(ngettext("%s ZIP", "%s ZIPs", zips), [number(zips)]),
    ].filter(Boolean).join(" · ");
    this.#drawClasses(foldersOf(files), zips);
  }

  #drawClasses(folders, zips) {
    const wanted = this.#classFrom === "folder";
    const box = $("[data-preview]", this.root);
    box.hidden = !wanted;
    if (!wanted) return;
    const known = new Map(this.options.classes.map((each) => [each.name, each]));
    const chips = [...folders].slice(0, MOST_CHIPS).map(([name, count]) =>
      h("span", { class: "chip", style: { "--chip-color": known.get(name)?.color ?? "" }, title: known.has(name) ? gettext("A class of this project") : gettext("Becomes a new class") }, [
        h("span", { class: "truncate" }, name),
        h("span", { class: "muted number" }, number(count)),
        known.has(name) ? null : h("span", { class: "chip-new" }, gettext("new")),
      ]),
    );
    if (folders.size > MOST_CHIPS) chips.push(h("span", { class: "muted small" }, interpolate(gettext("and %s more"), [number(folders.size - MOST_CHIPS)])));
    if (!folders.size) chips.push(h("span", { class: "muted small" }, zips ? gettext("Classes come from the folders inside the ZIPs.") : gettext("None of these files lies in a folder, so none gets a label.")));
    $("[data-classes]", this.root).replaceChildren(...chips);
  }

  get #classFrom() {
    return $("[name=class_from]:checked", this.root).value;
  }

  #start() {
    const files = this.#chosen;
    this.#chosen = [];
    this.classFrom = this.#classFrom;
    $("[data-sending]", this.root).hidden = false;
    $("[data-report]", this.root).hidden = false;
    this.queue.add(files);
    this.#drawStaged();
    $("[data-sending]", this.root).scrollIntoView({ block: "nearest" });
  }

  #send(items, options) {
    const form = new FormData();
    for (const item of items) form.append("files", item.file, item.file.name);
    for (const item of items) form.append("paths", item.path);
    form.append("class_from", this.classFrom);
    return api.upload(`/api/projects/${this.options.project}/images/`, form, options);
  }

  /** Wait for a large ZIP, showing its members as they come. */
  async #follow(item, archive, signal) {
    let known = 0;
    while (!["completed", "failed", "cancelled"].includes(archive.status)) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
      if (signal.aborted) return void api.post(`/api/archives/${archive.id}/cancel/`).catch(() => {});
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
      this.#draw();
    });
  }

  #draw() {
    const { queue } = this;
    const { counts, bytes: size } = queue;
    const ended = !queue.active;
    const settled = queue.items.length - counts.waiting - counts.sending;
    const share = size.total ? queue.sent / size.total : settled / Math.max(1, queue.items.length);
    $("[data-bar]", this.root).value = ended ? 1 : share;
    $("[data-title]", this.root).textContent = title(queue, share);
    $("[data-figures]", this.root).textContent = figures(queue, settled);
    const trouble = $("[data-trouble]", this.root);
    trouble.hidden = !(queue.offline || queue.problem);
    $("[data-trouble-text]", trouble).textContent = queue.problem || gettext("The server cannot be reached. Sending goes on by itself when it is back; nothing is lost.");
    const pause = $("[data-pause]", this.root);
    pause.hidden = ended;
    pause.textContent = queue.paused ? gettext("Go on") : gettext("Pause");
    $("[data-cancel]", this.root).hidden = ended;
    $("[data-retry]", this.root).hidden = !counts.failed;
    $("[data-done]", this.root).hidden = !ended;
    $("[data-done]", this.root).classList.toggle("btn-primary", ended);
    this.report.draw();
  }
}

function title(queue, share) {
  const { counts } = queue;
  if (!queue.active) return counts.failed ? gettext("Ended, not all files were sent") : gettext("All files are sent");
  if (queue.paused) return gettext("Paused");
  return interpolate(gettext("Sending, %s"), [percent(Math.floor(share * 100) / 100)]);
}

function figures(queue, settled) {
  const { bytes: size, rate, items } = queue;
  const parts = [interpolate(gettext("%s of %s files"), [number(settled), number(items.length)]), interpolate(gettext("%s of %s"), [bytes(Math.min(queue.sent, size.total)), bytes(size.total)])];
  if (queue.active && !queue.paused && !queue.offline && rate.speed) {
    const left = size.total - queue.sent;
    if (left > 0) parts.push(interpolate(gettext("%s a second"), [bytes(rate.speed)]), interpolate(gettext("%s left"), [duration(rate.secondsFor(left))]));
    else parts.push(gettext("the server is reading the last files"));
  }
  return parts.join(" · ");
}

function carriesFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

attach("data-upload", (element) => new Upload(element));
