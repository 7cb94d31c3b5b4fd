import { fill, h } from "../lib/dom.js";
import { moment } from "../lib/format.js";
import { peopleOf } from "../lib/people_of.js";
import { icon } from "../lib/icon.js";
import { daysLeft } from "../lib/trash_days.js";

const MOST_CHIPS = 3;
// Of a long name the end is always shown: cameras number their files there.
const SHORT = 18;
const TAIL = 9;

/** One place of the grid. Tiles are re-used for other images as one scrolls. */
export class Tile {
  #picture = h("img", { alt: "", decoding: "async", draggable: "false" });
  #frame = h("div", { class: "tile-frame" }, this.#picture);
  #name = h("span", { class: "truncate" });
  #tail = h("span", { class: "tile-tail" });
  #status = h("span", { class: "tile-status" });
  #chips = h("span", { class: "tile-chips" });
  #open = h("a", { class: "tile-open", tabindex: "-1", "aria-label": gettext("Open") }, icon("maximize-2"));
  #revisions = h("a", { class: "tile-open tile-revisions", tabindex: "-1", "aria-label": gettext("Revisions"), title: gettext("Revisions") }, icon("history"));
  #image = null;
  #shown = "";

  constructor(options) {
    this.options = options;
    this.place = -1;
    this.#picture.addEventListener("load", () => (this.#frame.dataset.state = "shown"));
    this.#picture.addEventListener("error", () => this.#picture.hasAttribute("src") && (this.#frame.dataset.state = "broken"));
    this.element = h("div", { class: "tile", role: "row" }, h("div", { class: "tile-cell", role: "gridcell" }, [
      this.#frame,
      h("span", { class: "tile-check", "data-check": true }, icon("check")),
      this.#open,
      this.#revisions,
      h("span", { class: "tile-line" }, [this.#status, h("span", { class: "tile-name" }, [this.#name, this.#tail])]),
      this.#chips,
    ]));
  }

  /** @param {number} place @param {{x: number, y: number, width: number, height: number}} box */
  move(place, box) {
    this.place = place;
    this.element.id = `tile-${place}`;
    this.element.dataset.place = String(place);
    for (const [name, value] of Object.entries(box)) this.element.style.setProperty(`--tile-${name}`, `${value}px`);
  }

  /** Out of sight, until it is moved to another place. */
  rest() {
    this.element.hidden = true;
    this.element.removeAttribute("id");
  }

  /** @param {any} image or null while it is not loaded @param {{selected: boolean, active: boolean}} state */
  show(image, { selected, active }) {
    this.element.setAttribute("aria-selected", String(selected));
    this.element.setAttribute("aria-rowindex", String(this.place + 1));
    this.element.classList.toggle("active", active);
    const shown = image ? `${image.id} ${image.status} ${image.split} ${image.labelled_at} ${image.reviewed_at} ${image.classes.join()}` : "";
    if (shown === this.#shown && image === this.#image) return;
    const other = image?.id !== this.#image?.id;
    this.#image = image;
    this.#shown = shown;
    this.element.classList.toggle("loading", !image);
    if (other) this.#forget();
    if (image) this.#describe(image);
  }

  /** Fetch the thumbnail; waits until scrolling has settled, so that nothing is fetched for what flies by. */
  fetch() {
    if (!this.#image || this.#picture.hasAttribute("src")) return;
    this.#picture.src = this.#image.thumbnail;
  }

  #forget() {
    this.#picture.removeAttribute("src");
    this.#frame.dataset.state = "";
  }

  #describe(image) {
    const { classes, statuses, splits } = this.options;
    const status = statuses.get(image.status);
    const name = image.name.split("/").pop();
    const cut = name.length > SHORT ? name.length - TAIL : name.length;
    this.#name.textContent = name.slice(0, cut);
    this.#tail.textContent = name.slice(cut);
    this.element.title = [image.name, `${image.width} × ${image.height} · ${status}`, ...peopleOf(image), image.trashed_at && deleted(image)].filter(Boolean).join("\n");
    this.element.setAttribute("aria-label", `${image.name}, ${status}`);
    this.#status.className = `tile-status status-${image.status}`;
    this.#open.setAttribute("href", this.options.href(image));
    this.#revisions.setAttribute("href", this.options.revisions(image));
    const known = image.classes.map((id) => classes.get(id)).filter(Boolean);
    fill(
      this.#chips,
      known.slice(0, MOST_CHIPS).map((each) => h("span", { class: "chip", style: { "--chip-color": each.color } }, h("span", { class: "truncate" }, each.name))),
      known.length > MOST_CHIPS && h("span", { class: "muted" }, `+${known.length - MOST_CHIPS}`),
      image.trashed_at && h("span", { class: "chip chip-plain", title: deleted(image) }, [daysLeft(image.days_left), image.trashed_by].filter(Boolean).join(" · ")),
      image.split && h("span", { class: "tile-split muted" }, splits.get(image.split)),
    );
  }
}

function deleted({ trashed_at: at, trashed_by: by }) {
  return by ? interpolate(gettext("Deleted %s by %s"), [moment(at), by]) : interpolate(gettext("Deleted %s"), [moment(at)]);
}
