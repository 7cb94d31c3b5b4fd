import { api } from "../api/client.js";
import { fill, h } from "../lib/dom.js";
import { percent } from "../lib/format.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { heatPicture } from "./heat_map.js";

const OPACITY = 0.75; // at first

/** Where a model sees a class on an image: a heat map over it, for whichever class is chosen. */
export class WhyDialog {
  #url;
  #put;
  #dialog;
  #canvas = h("canvas", { class: "drawn-shapes why-heat", width: 1, height: 1, "aria-hidden": "true" });
  #status = h("div", { class: "why-status", role: "status" });
  #select;
  #answers = new Map();
  #asked = 0;

  /**
   * @param {{url: string, name: string, picture: string, classes: {id: number, name: string}[], first: number, put: (data: FormData) => void}} about
   *   url of the predict call; name and address of the image; what can be asked for, and is first; puts the image into the call
   */
  constructor({ url, name, picture, classes, first, put }) {
    this.#url = url;
    this.#put = put;
    this.#select = h("select", { class: "select", "aria-label": gettext("Class"), on: { change: () => this.#show() } }, classes.map((each) => h("option", { value: String(each.id), selected: each.id === first }, each.name)));
    const opacity = h("input", { type: "range", min: 0, max: 1, step: 0.05, value: String(OPACITY), on: { input: () => this.#canvas.style.setProperty("--opacity", opacity.value) } });
    this.#canvas.style.setProperty("--opacity", String(OPACITY));
    this.#dialog = makeDialog({
      title: interpolate(gettext("Why? %s"), [name]),
      class: "why",
      body: [
        h("div", { class: "why-picture" }, [h("img", { src: picture, alt: name }), this.#canvas]),
        h("div", { class: "why-choices" }, [
          h("label", { class: "field" }, [h("span", { class: "label" }, gettext("What speaks for")), this.#select]),
          h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Opacity")), opacity]),
        ]),
        this.#status,
        h("p", { class: "hint" }, gettext("Grad-CAM: the brighter a place, the more it speaks for this class. It is as coarse as the model's last features.")),
      ],
    });
  }

  /** @returns {Promise<void>} once it is closed */
  async open() {
    const closed = openDialog(this.#dialog);
    this.#show();
    await closed;
    this.#asked = 0;
    this.#dialog.remove();
  }

  async #show() {
    const id = (this.#asked = Number(this.#select.value));
    this.#canvas.hidden = true;
    fill(this.#status, h("progress", { class: "progress", "aria-label": gettext("Looking at it") }), h("span", { class: "hint" }, gettext("Looking at it…")));
    try {
      if (!this.#answers.has(id)) this.#answers.set(id, await this.#ask(id));
      const { picture, empty, score } = this.#answers.get(id);
      if (this.#asked !== id) return; // another class was chosen, or it was closed
      Object.assign(this.#canvas, { width: picture.width, height: picture.height, hidden: false });
      this.#canvas.getContext("2d")?.putImageData(picture, 0, 0);
      fill(this.#status, h("span", null, [
        score === undefined ? "" : interpolate(gettext("The model gives this class %s."), [percent(score, 1)]),
        empty && ` ${gettext("No place speaks for it.")}`,
      ]));
    } catch (error) {
      if (this.#asked !== id) return;
      fill(this.#status, h("p", { class: "field-error", role: "alert" }, error.message), h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#show() } }, gettext("Try again")));
    }
  }

  async #ask(id) {
    const data = new FormData();
    this.#put(data);
    data.set("explain", String(id));
    data.set("top", "1000"); // with the class that is asked for among them
    const { results: [answer] } = await api.upload(this.#url, data);
    if (answer.error) throw new Error(answer.error);
    const score = answer.predictions.find((each) => each.class_id === id)?.score;
    return { ...(await heatPicture(answer.heat)), score };
  }
}
