import { lookOf } from "../canvas/look.js";
import { Stage } from "../canvas/stage.js";
import { $ } from "../lib/dom.js";
import { IMAGE_COLOR } from "./people_colors.js";
import { PickTool } from "./pick_tool.js";

/** One image with everybody's shapes in the colours of who drew them: what is taken in full lines, the rest dashed. */
export class MergeStage {
  #stage;
  #element;
  #item = /** @type {any} */ (null);

  /** @param {HTMLElement} page @param {(id: string) => void} pick */
  constructor(page, pick) {
    this.#element = $("[data-stage]", page);
    this.#stage = new Stage(this.#element, this.#element.dataset.worker, { drawn() {}, changed() {}, commented() {} });
    this.#stage.appearance = lookOf({ names: "hover", fill: 10, line: 3 });
    this.#stage.tool = new PickTool(this.#stage, pick);
  }

  get looking() {
    return this.#stage.looking;
  }

  /** @param {any} image as the API tells of it */
  async show(image) {
    this.#item = { id: image.id, name: image.name, width: image.width, height: image.height, display: image.display };
    const item = this.#item;
    const picture = Object.assign(new Image(), { alt: "", draggable: false, src: image.display });
    $("[data-no-picture]", this.#element).hidden = true;
    await picture.decode().catch(() => ($("[data-no-picture]", this.#element).hidden = this.#item !== item));
    if (this.#item === item) this.#stage.show(item, picture);
  }

  /** @param {import("./choice.js").Choice} choice @param {Map<number, {name: string, color: string}>} owners @param {Map<number, any>} classes @param {Set<number>} hidden owners that are not shown */
  draw(choice, owners, classes, hidden) {
    if (!this.#item) return;
    const looks = new Map();
    const dressed = (row) => {
      const key = `${row.owner} ${row.class}`;
      const owner = owners.get(row.owner);
      if (!looks.has(key)) looks.set(key, { name: `${classes.get(row.class)?.name ?? "?"} · ${owner?.name ?? ""}`, color: owner?.color ?? IMAGE_COLOR });
      return { ...row, class: key };
    };
    const rows = choice.rows.filter((row) => row.shape !== "tag" && !hidden.has(row.owner));
    const taken = rows.filter((row) => choice.has(row.id)).map(dressed);
    const left = rows.filter((row) => !choice.has(row.id)).map((row) => ({ ...dressed(row), state: "open", score: 0 }));
    this.#stage.draw(this.#item, taken, left, looks);
  }

  /** What somebody points at in the list. @param {string|null} id */
  point(id) {
    this.#stage.pointAt(id ? (this.#stage.scene.get(id) ?? null) : null);
  }
}
