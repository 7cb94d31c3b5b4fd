import { api } from "../api/client.js";
import { fill, h } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { shapesOf } from "./answer_kinds.js";
import { WAYS } from "./class_map.js";
import { drawnAnswer } from "./drawn_answer.js";
import { drawnShapes } from "./drawn_shapes.js";
import { WhyDialog } from "./why_dialog.js";

const PAGE_SIZE = 24;
const NAMED = 6; // classes of one image; more would hide the others
const TILE = 180; // CSS pixels of a picture's longer edge

/** Images with what they are and what the model says, page by page; each leads to its labelling page. */
export class Outcomes {
  #element;
  #url;
  #project;
  #classes;
  #explain;
  #query = new URLSearchParams();
  #images = [];
  #next = null;
  #count = 0;
  #asking;
  #way = /** @type {import("./class_map.js").Way} */ ("both"); // to look at maps

  /**
   * @param {HTMLElement} element
   * @param {{url: string, project: string, classes: Map<number, any>, explain?: {url: string, classes: {id: number, name: string}[]}}} there url of the
   *   run's predictions; where its model can be asked why, and about which classes
   */
  constructor(element, { url, project, classes, explain }) {
    this.#explain = explain;
    this.#element = element;
    this.#url = url;
    this.#project = project;
    this.#classes = classes;
  }

  /** @param {Record<string, string|number|boolean>} query as the API takes it @param {any} [title] what these images are */
  show(query, title = "") {
    this.#query = new URLSearchParams({ page_size: String(PAGE_SIZE), ...query });
    this.#images = [];
    return this.#load(`${this.#url}?${this.#query}`, title);
  }

  async #load(url, title) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    this.#element.setAttribute("aria-busy", "true");
    try {
      const page = await api.get(url, { signal: this.#asking.signal });
      this.#images.push(...page.results);
      this.#next = page.next;
      this.#count = page.count;
      this.#draw(title);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#element.replaceChildren(h("p", { class: "notice notice-error", role: "alert" }, [icon("circle-alert"), error.message]));
    }
    this.#element.removeAttribute("aria-busy");
  }

  #draw(title) {
    const there = this.#images.filter((each) => each.image);
    const ids = new URLSearchParams(there.map((each) => ["ids", String(each.image)]));
    fill(
      this.#element,
      h("div", { class: "card-head" }, [
        h("h3", { class: "row" }, [title, h("span", { class: "muted number" }, number(this.#count))]),
        this.#images.some((each) => each.drawn) && this.#ways(title),
        there.length > 1 && h("a", { class: "btn btn-small", href: `/projects/${this.#project}/label/?${ids}` }, [icon("pencil"), interpolate(gettext("Go through these %s"), [number(there.length)])]),
      ]),
      this.#images.length
        ? h("ul", { class: this.#images.some((each) => each.found || each.drawn) ? "outcomes outcomes-large" : "outcomes" }, this.#images.map((each) => this.#tile(each)))
        : h("p", { class: "muted small" }, gettext("There are none.")),
      this.#next && h("div", { class: "row" }, h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#load(this.#next, title) } }, gettext("Show more"))),
    );
  }

  #tile(each) {
    const picture = each.thumbnail
      ? h("span", { class: "outcome-picture" }, [h("img", { src: each.thumbnail, alt: "", loading: "lazy" }), this.#shapes(each)])
      : h("span", { class: "outcome-gone" }, [icon("image-off"), gettext("deleted since")]);
    const content = [
      picture,
      h("span", { class: "outcome-name truncate" }, each.name.split("/").pop()),
      h("span", { class: "outcome-said" }, [icon(each.correct ? "check" : "x", each.correct ? gettext("right") : gettext("wrong")), each.iou == null && this.#chips(each.predicted), h("span", { class: "number muted" }, percent(each.iou ?? each.score))]),
      each.errors > 0 && h("span", { class: "muted" }, interpolate(ngettext("%s error", "%s errors", each.errors), [number(each.errors)])),
      each.iou == null ? !each.correct && this.#listed(gettext("is"), each.true) : this.#differing(each),
    ];
    const kind = `outcome ${each.correct ? "right" : "wrong"}`;
    return h("li", { class: "outcome-place" }, this.#explain && each.image && this.#why(each), each.image
      ? h("a", { class: kind, href: `/projects/${this.#project}/label/?image=${each.image}`, title: each.name }, content)
      : h("span", { class: kind, title: each.name }, content));
  }

  /** Of the many classes of an image's pixels those that are only there, or only said. */
  #differing(each) {
    const [unseen, untrue] = [[each.true, each.predicted], [each.predicted, each.true]].map(([these, those]) => these.filter((id) => !those.includes(id)));
    return [unseen.length > 0 && this.#listed(gettext("not seen"), unseen), untrue.length > 0 && this.#listed(gettext("not there"), untrue)];
  }

  #listed(title, ids) {
    return h("span", { class: "outcome-true" }, [h("span", { class: "muted" }, title), this.#chips(ids)]);
  }

  /** Leads to where the model sees a class on it. */
  #why(each) {
    const [said] = [each.predicted].flat();
    const open = () => new WhyDialog({
      ...this.#explain, name: each.name.split("/").pop(), picture: `/api/images/${each.image}/display/`,
      first: said ?? [each.true].flat()[0], put: (data) => data.set("image", String(each.image)),
    }).open();
    return h("button", { class: "btn btn-small btn-icon outcome-why", type: "button", title: gettext("Why?"), "aria-label": interpolate(gettext("Why? %s"), [each.name]), on: { click: open } }, icon("scan-eye"));
  }

  /** How maps are looked at. */
  #ways(title) {
    return h("div", { class: "btn-group", role: "group", "aria-label": gettext("What is drawn") }, WAYS.map(([way, name]) => h("button", {
      class: "btn btn-small", type: "button", "aria-pressed": String(way === this.#way), dataset: { way }, on: { click: () => this.#look(way, title) },
    }, name())));
  }

  #look(way, title) {
    this.#way = way;
    this.#draw(title);
    /** @type {HTMLElement|null} */ (this.#element.querySelector(`[data-way="${way}"]`))?.focus();
  }

  /** What was found on it and what was missed. */
  #shapes(each) {
    if (each.drawn) return drawnAnswer(each.drawn, (id) => this.#classes.get(id), TILE, this.#way);
    if (!each.found || !each.size) return null;
    const [width, height] = each.size;
    return drawnShapes({ width, height }, shapesOf(each, (id) => this.#classes.get(id)), TILE);
  }

  #chips(ids) {
    const all = [ids].flat();
    if (!all.length) return h("span", { class: "muted" }, gettext("nothing"));
    const chips = all.slice(0, NAMED).map((id) => {
      const found = this.#classes.get(id);
      const name = found?.name ?? `#${id}`;
      return h("span", { class: "chip", title: name, style: found && { "--chip-color": found.color } }, h("span", { class: "truncate" }, name));
    });
    return [chips, all.length > NAMED && h("span", { class: "muted" }, interpolate(gettext("and %s more"), [number(all.length - NAMED)]))];
  }
}
