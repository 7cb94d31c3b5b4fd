import { Stage } from "../canvas/stage.js";
import { $, fill, h } from "../lib/dom.js";
import { marked, tagsOf } from "./marks.js";

const MARKS = { added: "+ ", removed: "− ", "": "" };

/** The image as of a revision: a stage on which nothing can be changed. */
export class Preview {
  #stage;
  #item;
  #classes;
  #tags;
  #legend;
  #shown = /** @type {any} */ (null);
  #pointed = false;
  #picture = /** @type {HTMLImageElement|null} */ (null);
  differences = true;

  /** @param {HTMLElement} page @param {any} item the image @param {Map<number, any>} classes */
  constructor(page, item, classes) {
    this.#item = item;
    this.#classes = classes;
    this.#tags = $("[data-tags]", page);
    this.#legend = $("[data-legend]", page);
    const element = $("[data-stage]", page);
    this.#stage = new Stage(element, element.dataset.worker, { drawn() {}, changed() {}, commented() {} });
    this.ready = this.#load(element);
  }

  /** @returns {import("../canvas/looking.js").Looking} */
  get looking() {
    return this.#stage.looking;
  }

  /** Decoded, for what shows parts of it. */
  get picture() {
    return this.#picture;
  }

  /** @param {any} revision as the API has it @param {any[]} [pointed] rows that are pointed out */
  show(revision, pointed = []) {
    this.#pointed = pointed.length > 0;
    this.#shown = { ...revision, removed: [...revision.removed, ...pointed] };
    this.draw();
  }

  draw() {
    if (!this.#shown) return;
    const { annotations, before, classes } = marked(this.#shown, this.#classes, this.differences || this.#pointed);
    this.#stage.draw(this.#item, annotations, before, classes);
    this.#legend.hidden = !this.differences;
    fill(this.#tags, tagsOf(this.#shown, this.differences).map(({ class: label, mark }) => this.#tag(this.#classes.get(label), mark)));
  }

  async #load(element) {
    const picture = new Image();
    picture.alt = "";
    picture.draggable = false;
    picture.src = this.#item.display;
    try {
      await picture.decode();
    } catch {
      $("[data-no-picture]", element).hidden = false; // the shapes are shown all the same
    }
    this.#picture = picture;
    this.#stage.show(this.#item, picture);
    this.draw();
  }

  #tag(label, mark) {
    const name = label?.name ?? gettext("a deleted class");
    return h("span", { class: `chip revisions-tag revisions-tag-${mark}`, style: { "--chip-color": label?.color ?? "#888888" } }, `${MARKS[mark]}${name}`);
  }
}
