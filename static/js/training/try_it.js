import { api } from "../api/client.js";
import { $, fill, h, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { toast } from "../widgets/toast.js";
import { drawnShapes } from "./drawn_shapes.js";
import { WhyDialog } from "./why_dialog.js";

const SHOWN_CLASSES = 5;
const SHOWN_SHAPES = 300;
const AT_ONCE = 8; // images in one request
const MOST = 64;
const EDGE = 480; // CSS pixels of a picture with shapes
const NAMED = 40; // shapes with their names; more would hide the image

/** Drop, choose or paste images: each with its classes and their probabilities. */
export class TryIt {
  #url;
  #classes;
  #place;
  #places;

  /** @param {HTMLElement} element @param {string} url of the predict call @param {any[]} classes that the model knows @param {boolean} places whether it answers with shapes */
  constructor(element, url, classes, places) {
    this.#url = url;
    this.#places = places;
    this.#classes = classes;
    this.#place = $("[data-tries]", element);
    const drop = $("[data-drop]", element);
    on(drop, "dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    on(drop, "dragleave", () => drop.classList.remove("over"));
    on(drop, "drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      this.#look([...event.dataTransfer.files]);
    });
    const input = $("[type=file]", element);
    on(input, "change", () => {
      this.#look([...input.files]);
      input.value = "";
    });
    on(document, "paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) this.#look(files);
    });
  }

  async #look(files) {
    if (files.length > MOST) toast(interpolate(gettext("Only the first %s images are looked at."), [number(MOST)]));
    const tries = files.slice(0, MOST).map((file) => new Try(file, this.#url, this.#classes));
    this.#place.prepend(...tries.map((each) => each.element));
    for (let start = 0; start < tries.length; start += AT_ONCE) await this.#ask(tries.slice(start, start + AT_ONCE));
  }

  async #ask(tries) {
    for (const each of tries) each.wait();
    const data = new FormData();
    for (const each of tries) data.append("file", each.file);
    data.set("top", String(this.#places ? SHOWN_SHAPES : SHOWN_CLASSES));
    try {
      const { results } = await api.upload(this.#url, data);
      for (const [index, each] of tries.entries()) each.show(results[index]);
    } catch (error) {
      for (const each of tries) each.fail(error.message, () => this.#ask([each]));
    }
  }
}

/** One image that was tried. */
class Try {
  #url;
  #classes;
  #byId;
  #answer;
  #picture;
  #frame;

  constructor(file, url, classes) {
    this.file = file;
    this.#url = url;
    this.#classes = classes;
    this.#byId = new Map(classes.map((each) => [each.id, each]));
    this.#answer = h("div", { class: "try-answer" });
    const address = URL.createObjectURL(file);
    const free = () => URL.revokeObjectURL(address);
    this.#picture = h("img", { class: "try-picture", src: address, alt: "", on: { load: free, error: () => (free(), this.#picture.replaceWith(h("span", { class: "try-picture" }))) } });
    this.#frame = h("div", { class: "try-frame" }, this.#picture);
    this.element = h("article", { class: "card try", "aria-label": file.name }, [
      this.#frame,
      h("div", { class: "try-text" }, [h("h3", { class: "truncate", title: file.name }, file.name), this.#answer]),
    ]);
  }

  wait() {
    this.#answer.replaceChildren(h("progress", { class: "progress", "aria-label": gettext("Looking at it") }), h("p", { class: "hint" }, gettext("Looking at it…")));
  }

  show({ error, predictions, uncertainty }) {
    if (error) {
      this.#answer.replaceChildren(h("p", { class: "field-error", role: "alert" }, error));
      return;
    }
    const drawn = predictions.filter((each) => each.shape && each.chosen !== false);
    if (drawn.length) this.#draw(drawn);
    const places = predictions.some((each) => each.shape);
    const listed = places ? summed(drawn) : predictions;
    fill(
      this.#answer,
      listed.length ? h("ol", { class: "try-classes" }, listed.map((each) => this.#row(each))) : h("p", { class: "muted" }, gettext("It finds nothing here.")),
      uncertainty != null && h("p", { class: "hint", title: gettext("0%: certain; 100%: it might as well be guessing") }, interpolate(gettext("Uncertainty %s"), [percent(uncertainty)])),
      !places && listed.length > 0 && h("div", { class: "row" }, h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#explain(listed[0].class_id) } }, [icon("scan-eye"), gettext("Why?")])),
    );
  }

  fail(message, again) {
    fill(
      this.#answer,
      h("p", { class: "field-error", role: "alert" }, message),
      h("button", { class: "btn btn-small", type: "button", on: { click: again } }, gettext("Try again")),
    );
  }

  async #explain(first) {
    const picture = URL.createObjectURL(this.file);
    await new WhyDialog({ url: this.#url, name: this.file.name, picture, classes: this.#classes, first, put: (data) => data.set("file", this.file) }).open();
    URL.revokeObjectURL(picture);
  }

  async #draw(shapes) {
    await this.#picture.decode().catch(() => {});
    const { naturalWidth: width, naturalHeight: height } = this.#picture;
    if (!width) return;
    this.#frame.classList.add("try-frame-large");
    this.#frame.append(drawnShapes({ width, height }, shapes.map((each) => ({ shape: each.shape, geometry: each.geometry, color: this.#byId.get(each.class_id)?.color ?? "#888888", skeleton: this.#byId.get(each.class_id)?.skeleton, name: `${each.class} ${percent(each.score)}` })), EDGE, { names: shapes.length <= NAMED ? "always" : "off" }));
  }

  #row({ class: name, class_id: id, score, count }) {
    return h("li", { style: { "--score": score, "--chip-color": this.#byId.get(id)?.color } }, [
      h("span", { class: "truncate", title: name }, count > 1 ? `${name} × ${number(count)}` : name),
      h("span", { class: "number" }, percent(score, 1)),
    ]);
  }
}

/** Shapes class by class: how many there are, and the surest. */
function summed(shapes) {
  const found = new Map();
  for (const each of shapes) {
    const known = found.get(each.class_id);
    if (known) known.count += 1;
    else found.set(each.class_id, { ...each, count: 1 });
  }
  return [...found.values()];
}
