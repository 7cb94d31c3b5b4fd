import { api } from "../api/client.js";
import { $, fill, h, on } from "../lib/dom.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { changedImage } from "./changed_image.js";

const PAUSE_MS = 400;
const COUNT = 4;
const EPOCHS = 3;
const BESIDE = 2; // of them fit beside the image as it is
const EDGES = { small: 110, large: 420 }; // CSS pixels of a picture's longer edge
const COUNTS = ["task", "resize", "tile", "tile_overlap"]; // of a spec, besides its augmentation

/** Images of the version as training will see them, epoch by epoch, with what is on them. */
export class AugmentationPreview {
  #element;
  #place;
  #draft;
  #version;
  #classes;
  #seed = 1;
  #timer;
  #asking;

  /**
   * @param {HTMLElement} element
   * @param {import("./spec_draft.js").SpecDraft} draft
   * @param {{version: () => number, classes: {id: number, name: string, color: string}[]}} there
   */
  constructor(element, draft, { version, classes }) {
    this.#element = element;
    this.#place = $("[data-preview]", element);
    this.#draft = draft;
    this.#version = version;
    this.#classes = new Map(classes.map((each) => [each.id, each]));
    on($("[data-roll]", element), "click", () => {
      this.#seed += 1;
      this.ask(0);
    });
    draft.addEventListener("change", (event) => {
      const path = /** @type {CustomEvent} */ (event).detail;
      if (!path || path.startsWith("augmentation") || COUNTS.includes(path)) this.ask();
    });
    this.ask(0);
  }

  ask(pause = PAUSE_MS) {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  async #send() {
    this.#asking = new AbortController();
    this.#place.setAttribute("aria-busy", "true");
    try {
      const spec = { ...Object.fromEntries(COUNTS.map((path) => [path, this.#draft.get(path)])), augmentation: this.#draft.inside("augmentation") };
      const body = { version: this.#version(), spec, seed: this.#seed, count: COUNT, epochs: EPOCHS };
      this.#show(await api.post(this.#element.dataset.augmentation, body, { signal: this.#asking.signal }));
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#fail(error);
    }
    this.#place.removeAttribute("aria-busy");
  }

  #show({ results, reason }) {
    if (!results.length) {
      fill(this.#place, h("p", { class: "notice" }, reason || gettext("The version has no labelled training images to show.")));
      return;
    }
    const heads = titles(BESIDE).map((title) => h("span", { class: "preview-head", "aria-hidden": "true" }, title));
    fill(this.#place, heads, results.map((each) => this.#row(each)));
  }

  #row(result) {
    const pictures = [result, ...result.epochs.slice(0, BESIDE)].map((each) => changedImage(each, this.#classes, { edge: EDGES.small }));
    return h("button", { class: "preview-row", type: "button", "aria-label": interpolate(gettext("Look closer at %s"), [result.name]), on: { click: () => this.#open(result) } }, pictures);
  }

  #open(result) {
    const figures = [result, ...result.epochs].map((each, place) =>
      h("figure", null, [h("figcaption", { class: "label" }, titles(EPOCHS)[place]), changedImage(each, this.#classes, { edge: EDGES.large, named: true })]),
    );
    const dialog = makeDialog({ title: result.name, body: h("div", { class: "preview-large" }, figures), class: "preview-dialog" });
    openDialog(dialog).then(() => dialog.remove());
  }

  #fail(error) {
    const told = error.status === 400 ? gettext("Some amounts cannot be; see the group Augmentation.") : error.message;
    const again = h("button", { class: "btn btn-small", type: "button", on: { click: () => this.ask(0) } }, gettext("Try again"));
    fill(this.#place, h("div", { class: "preview-failed", role: "alert" }, [h("p", { class: "field-error" }, told), error.status !== 400 && again]));
  }
}

const titles = (epochs) => [gettext("As it is"), ...Array.from({ length: epochs }, (_each, place) => interpolate(gettext("Epoch %s"), [place + 1]))];
