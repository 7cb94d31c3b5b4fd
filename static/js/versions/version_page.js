import { api } from "../api/client.js";
import { byWhom, progressBar, statusPill } from "../jobs/status.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { copyText } from "../widgets/copy.js";
import { confirmDialog } from "../widgets/dialog.js";
import { toast } from "../widgets/toast.js";
import { classTable } from "./class_table.js";
import { diffView } from "./diff.js";
import { histogramView } from "./histogram.js";
import { splitBar, splitLegend, sum } from "./parts.js";

const PERIOD_MS = 1000;
const GROUPS = { none: () => gettext("nothing"), group: () => gettext("groups of images"), folder: () => gettext("folders") };

/** One version: what it holds, how it was made, what changed. */
class VersionPage {
  #element;

  constructor(element) {
    this.#element = element;
    this.#load();
  }

  async #load() {
    let version;
    try {
      version = await api.get(this.#element.dataset.version);
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#load() } });
      return;
    }
    const done = version.status === "completed";
    this.#element.replaceChildren(...(done ? this.#whole(version) : this.#unfinished(version)));
    const train = $("[data-train]");
    if (train) train.hidden = !done;
    if (version.status === "queued" || version.status === "running") setTimeout(() => this.#load(), PERIOD_MS);
  }

  #unfinished(version) {
    return [h("div", { class: "card stack stack-tight" }, [
      h("div", { class: "row" }, [statusPill(version), byWhom(version)]),
      version.error && h("p", { class: "field-error", role: "alert" }, version.error),
      progressBar(version, `v${version.number}`),
    ])];
  }

  #whole(version) {
    const { statistics, counts } = version;
    return [h("div", { class: "stack version-page" }, [
      statistics.warnings.map((warning) => h("p", { class: "notice notice-warning" }, [icon("triangle-alert"), h("span", null, warning)])),
      h("div", { class: "split version-head" }, [
        h("section", { class: "card stack stack-tight", "aria-label": gettext("Split") }, [
          h("div", { class: "stats" }, [stat(sum(counts), gettext("images")), stat(sum(statistics.annotations), gettext("annotations")), stat(Object.keys(counts.classes).length, gettext("classes"))]),
          splitBar(counts),
          splitLegend(counts),
        ]),
        this.#facts(version),
      ]),
      h("section", { class: "stack stack-tight", "aria-label": gettext("Classes") }, [h("h2", null, gettext("Classes")), classTable(statistics)]),
      h("section", { class: "histograms", "aria-label": gettext("Sizes") }, [
        histogramView({ title: gettext("Image size"), unit: gettext("root of the area, pixels"), histogram: statistics.image_sizes }),
        histogramView({ title: gettext("Box size"), unit: gettext("root of the area, pixels"), histogram: statistics.box_sizes }),
        histogramView({ title: gettext("Annotations per image"), histogram: statistics.objects_per_image }),
      ]),
      this.#element.dataset.diff && diffView(this.#element.dataset.diff, this.#element.dataset.previous),
    ])];
  }

  #facts(version) {
    const note = h("span", { class: "version-note" }, version.note || "–");
    return h("section", { class: "card stack stack-tight", "aria-label": gettext("How it was made") }, [
      h("dl", { class: "facts" }, [
        h("dt", null, gettext("Made")), h("dd", null, byWhom(version)),
        h("dt", null, gettext("Note")), h("dd", { class: "row" }, [note, this.#editNote(version)]),
        h("dt", null, gettext("Seed")), h("dd", { class: "number" }, String(version.seed)),
        h("dt", null, gettext("Stratified")), h("dd", null, version.stratify ? gettext("by class") : gettext("no")),
        h("dt", null, gettext("Kept together")), h("dd", null, GROUPS[version.group_by]()),
        h("dt", null, gettext("Sources")), h("dd", null, Object.entries(version.statistics.sources).map(([name, each]) => `${name} ${number(sum(each))}`).join(", ") || "–"),
        h("dt", null, gettext("Hash")), h("dd", { class: "row" }, [h("code", { class: "hash", title: version.hash }, version.hash.slice(0, 16)), this.#copyHash(version.hash)]),
      ]),
    ]);
  }

  #copyHash(hash) {
    const copy = () => copyText(hash, { done: gettext("The hash was copied.") });
    return h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": gettext("Copy the hash"), title: gettext("Copy the hash"), on: { click: copy } }, icon("copy"));
  }

  #editNote(version) {
    if (!("mayChange" in this.#element.dataset)) return null;
    return h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": gettext("Change the note"), title: gettext("Change the note"), on: { click: (event) => this.#openNote(version, event.currentTarget.parentElement) } }, icon("pencil"));
  }

  #openNote(version, place) {
    const input = /** @type {HTMLInputElement} */ (h("input", { class: "input", value: version.note, maxlength: 500, "aria-label": gettext("Note") }));
    const save = async (event) => {
      event.preventDefault();
      try {
        await api.patch(this.#element.dataset.version, { note: input.value.trim() });
      } catch (error) {
        toast(error.message, { kind: "error" });
      }
      this.#load();
    };
    place.replaceChildren(h("form", { class: "row note-form", on: { submit: save } }, [input, h("button", { class: "btn btn-small btn-primary", type: "submit" }, gettext("Save"))]));
    input.focus();
  }
}

function stat(count, label) {
  return h("div", { class: "stat" }, [h("strong", null, number(count)), h("span", null, label)]);
}

async function remove(element) {
  const sure = await confirmDialog({ title: gettext("Delete this version?"), text: gettext("Images and labels stay. A version that a run was trained on cannot be deleted."), confirm: gettext("Delete"), danger: true });
  if (!sure) return;
  try {
    await api.delete(element.dataset.version);
    location.assign(element.dataset.list);
  } catch (error) {
    toast(error.message, { kind: "error" });
  }
}

attach("data-version", (element) => {
  new VersionPage(element);
  const button = $("[data-delete-version]");
  if (button) on(button, "click", () => remove(element));
});
