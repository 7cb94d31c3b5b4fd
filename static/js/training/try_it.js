import { api } from "../api/client.js";
import { $, fill, h, on } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { toast } from "../widgets/toast.js";

const SHOWN_CLASSES = 5;
const AT_ONCE = 8; // images in one request
const MOST = 64;

/** Drop, choose or paste images: each with its classes and their probabilities. */
export class TryIt {
  #url;
  #colors;
  #place;

  /** @param {HTMLElement} element @param {string} url of the predict call @param {Map<number, string>} colors by class id */
  constructor(element, url, colors) {
    this.#url = url;
    this.#colors = colors;
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
    const tries = files.slice(0, MOST).map((file) => new Try(file, this.#colors));
    this.#place.prepend(...tries.map((each) => each.element));
    for (let start = 0; start < tries.length; start += AT_ONCE) await this.#ask(tries.slice(start, start + AT_ONCE));
  }

  async #ask(tries) {
    for (const each of tries) each.wait();
    const data = new FormData();
    for (const each of tries) data.append("file", each.file);
    data.set("top", String(SHOWN_CLASSES));
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
  #colors;
  #answer;

  constructor(file, colors) {
    this.file = file;
    this.#colors = colors;
    this.#answer = h("div", { class: "try-answer" });
    const url = URL.createObjectURL(file);
    const free = () => URL.revokeObjectURL(url);
    const picture = h("img", { class: "try-picture", src: url, alt: "", on: { load: free, error: () => (free(), picture.replaceWith(h("span", { class: "try-picture" }))) } });
    this.element = h("article", { class: "card try", "aria-label": file.name }, [
      picture,
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
    fill(
      this.#answer,
      h("ol", { class: "try-classes" }, predictions.map((each) => this.#row(each))),
      uncertainty != null && h("p", { class: "hint", title: gettext("0%: certain; 100%: it might as well be guessing") }, interpolate(gettext("Uncertainty %s"), [percent(uncertainty)])),
    );
  }

  fail(message, again) {
    fill(
      this.#answer,
      h("p", { class: "field-error", role: "alert" }, message),
      h("button", { class: "btn btn-small", type: "button", on: { click: again } }, gettext("Try again")),
    );
  }

  #row({ class: name, class_id: id, score }) {
    return h("li", { style: { "--score": score, "--chip-color": this.#colors.get(id) } }, [h("span", { class: "truncate", title: name }, name), h("span", { class: "number" }, percent(score, 1))]);
  }
}
