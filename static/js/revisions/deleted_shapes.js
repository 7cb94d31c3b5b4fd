import { shapeName } from "../lib/annotation_words.js";
import { $, h, on } from "../lib/dom.js";
import { moment, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { once } from "../widgets/busy.js";
import { Failure } from "../widgets/failure.js";
import { More } from "../widgets/more.js";
import { toast } from "../widgets/toast.js";
import { thumbnail } from "./thumbnail.js";

/** Shapes that were deleted in the last days, each to be looked at and brought back. */
export class DeletedShapes {
  #list;
  #none;
  #parts;
  #more;
  #failure;
  #rows = new Map();

  /**
   * @param {HTMLElement} panel
   * @param {{api: any, image: any, classes: Map<number, any>, mayLabel: boolean, preview: import("./preview.js").Preview, onPoint: (row: any) => void, onBack: () => void}} parts
   */
  constructor(panel, parts) {
    this.#parts = parts;
    this.#list = $("[data-list]", panel);
    this.#none = $("[data-none]", panel);
    this.#more = new More($("[data-more] button", panel), ({ results }) => this.#append(results));
    this.#failure = new Failure(this.#list, () => this.load());
    const point = (_event, row) => parts.onPoint(this.#rows.get(row.dataset.shape)?.annotation);
    on(this.#list, "pointerover", "[data-shape]", point);
    on(this.#list, "focusin", "[data-shape]", point);
  }

  async load() {
    const { api, image, preview } = this.#parts;
    try {
      const [page] = await Promise.all([api.get(`/api/images/${image.id}/deleted-shapes/`), preview.ready]);
      this.#failure.clear();
      this.#rows.clear();
      this.#list.replaceChildren();
      this.#list.removeAttribute("aria-busy");
      this.#append(page.results);
      this.#more.begin(page.next);
    } catch (error) {
      this.#failure.show(error);
    }
  }

  #append(results) {
    for (const each of results) {
      if (this.#rows.has(each.annotation.id)) continue; // deleted again later
      this.#rows.set(each.annotation.id, each);
      this.#list.append(this.#row(each));
    }
    this.#none.hidden = this.#rows.size > 0;
  }

  #row({ annotation, deleted_by: by, deleted_at: at, refusal }) {
    const { classes, image, preview, mayLabel } = this.#parts;
    const { name = "", color = "#888888" } = classes.get(annotation.class) ?? {};
    const title = name ? `${name}, ${shapeName(annotation.shape)}` : shapeName(annotation.shape);
    return h("li", { class: "revisions-row", dataset: { shape: annotation.id } }, [
      thumbnail(annotation, preview.picture, image, color),
      h("div", null, [
        h("p", { class: "revisions-what" }, title),
        h("p", { class: "muted small" }, [interpolate(gettext("deleted by %s"), [by]), " · ", h("time", { datetime: at, title: moment(at) }, relative(at))]),
        refusal && h("p", { class: "small revisions-refusal" }, refusal),
        mayLabel && h("button", { class: "btn btn-small", type: "button", disabled: Boolean(refusal), "aria-label": interpolate(gettext("Bring back: %s"), [title]), on: { click: ({ currentTarget: button }) => once(button, () => this.#bringBack(annotation.id)) } }, [icon("undo-2"), gettext("Bring back")]),
      ]),
    ]);
  }

  async #bringBack(id) {
    const { api, image, onBack } = this.#parts;
    try {
      await api.post(`/api/images/${image.id}/deleted-shapes/restore/`, { ids: [id] });
      toast(gettext("The shape is back."), { kind: "success", seconds: 3 });
      onBack();
      await this.load();
    } catch (error) {
      toast(error.plain ?? error.message, { kind: "error" });
    }
  }
}
