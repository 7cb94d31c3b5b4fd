import { api } from "../api/client.js";
import { $, fill, h, on, write } from "../lib/dom.js";
import { number, percent } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { sparkline } from "../charts/sparkline.js";
import { drawnAnswer, hasPlaces, isMap } from "./drawn_answer.js";
import { SampleCourse } from "./sample_course.js";

const EDGE = 220; // CSS pixels of a picture's longer edge
const MOST_KEPT = 64; // epochs

/** A few images with what the model says of them, drawn anew with every epoch; a slider leads back through the epochs. */
export class RunSamples {
  #element;
  #store;
  #classes;
  #course = new SampleCourse();
  #kept = new Map();
  #tiles = [];
  #shown = 0; // epoch
  #following = true;
  #asking = false;
  #asked = 0;
  #slider;

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store @param {Map<number, any>} classes by id */
  constructor(element, store, classes) {
    this.#element = element;
    this.#store = store;
    this.#classes = classes;
    this.#slider = $("[data-epoch]", element);
    on(this.#slider, "input", () => this.#goTo(Number(this.#slider.value)));
    on($("[data-last]", element), "click", () => this.#goTo(this.#course.length - 1));
    store.observe(["samples"], () => this.#learn());
  }

  /** Ask for the last epoch; epochs that pass meanwhile are asked for once, at the end. */
  async #learn() {
    if (!this.#store.samples || this.#asking) return;
    this.#asking = true;
    try {
      while (this.#asked !== this.#store.samples) {
        this.#asked = this.#store.samples;
        this.#take(await api.get(`/api/runs/${this.#store.run.id}/samples/`));
      }
    } catch (error) {
      if (error.status !== 404) this.#say(error.message); // runs of earlier have none
    }
    this.#asking = false;
  }

  #take({ epoch, images, course }) {
    for (const each of this.#kept.keys()) if (each >= epoch) this.#kept.delete(each); // a training that begins again
    this.#keep(epoch, images);
    this.#course.marks = course;
    if (this.#following || !course.some((each) => each.epoch === this.#shown)) this.#show(epoch);
    else this.#place();
  }

  #keep(epoch, images) {
    this.#kept.set(epoch, images);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value);
  }

  async #goTo(at) {
    const epoch = this.#course.epochAt(at);
    this.#following = at === this.#course.length - 1;
    this.#shown = epoch;
    this.#place();
    try {
      if (!this.#kept.has(epoch)) this.#keep(epoch, (await api.get(`/api/runs/${this.#store.run.id}/samples/?epoch=${epoch}`)).images);
    } catch (error) {
      return this.#say(error.message);
    }
    if (this.#shown === epoch) this.#show(epoch); // else somebody has moved on
  }

  #show(epoch) {
    this.#shown = epoch;
    const images = this.#kept.get(epoch);
    this.#element.hidden = !images.length;
    if (this.#tiles.map((each) => each.key).join() !== images.map(keyOf).join()) {
      this.#tiles = images.map((each) => new Sample(each, this.#store.run.project, (id) => this.#classes.get(id)));
      fill($("[data-samples-list]", this.#element), this.#tiles.map((each) => each.element));
      write($("[data-samples-about]", this.#element), about(images[0]));
    }
    this.#say("");
    this.#place();
    const at = this.#course.placeOf(epoch);
    for (const [image, tile] of this.#tiles.entries()) tile.show(images[image], this.#course.of(image), at, this.#course.change(image, at));
  }

  /** Where one is among the epochs. */
  #place() {
    const at = this.#course.placeOf(this.#shown);
    const text = interpolate(gettext("Epoch %s"), [number(this.#shown)]);
    Object.assign(this.#slider, { max: this.#course.length - 1, value: at, disabled: this.#course.length < 2 });
    this.#slider.setAttribute("aria-valuetext", text);
    write($("[data-epoch-name]", this.#element), text);
    const { better, worse } = this.#course.changes(at);
    const before = at && interpolate(gettext("since epoch %s"), [number(this.#course.epochAt(at - 1))]);
    fill($("[data-samples-change]", this.#element), at > 0 && [
      h("span", { class: "sample-better" }, [icon("arrow-up"), interpolate(ngettext("%s better", "%s better", better), [number(better)])]),
      h("span", { class: "sample-worse" }, [icon("arrow-down"), interpolate(ngettext("%s worse", "%s worse", worse), [number(worse)])]),
      before,
    ]);
    $("[data-last]", this.#element).hidden = this.#following;
  }

  #say(text) {
    write($("[data-samples-error]", this.#element), text);
  }
}

const keyOf = (each) => `${each.image}-${each.name}`;

function about(first) {
  const from = first.split === "train" ? gettext("From the training images, as there are no validation images.") : gettext("From the validation images: the model does not learn from them.");
  if (isMap(first)) return `${from} ${gettext("Filled: what the model says; lines: the labels; red stripes: where they differ.")}`;
  return hasPlaces(first) ? `${from} ${gettext("Dashed: the labels; filled: what the model says, in red where it is wrong.")}` : from;
}

/** One image, and what is said of it. */
class Sample {
  #classOf;
  #picture;
  #words = h("span", { class: "sample-words" });
  #course = h("span", { class: "sample-course" });

  constructor(first, project, classOf) {
    this.key = keyOf(first);
    this.#classOf = classOf;
    this.#picture = h("span", { class: "sample-picture" });
    const name = first.name.split("/").pop();
    const picture = first.thumbnail ? h("img", { src: first.thumbnail, alt: "", loading: "lazy" }) : h("span", { class: "sample-gone" }, [icon("image-off"), gettext("deleted since")]);
    this.#picture.append(picture);
    const content = [this.#picture, this.#words, this.#course];
    this.element = h("li", null, first.image
      ? h("a", { class: "sample", href: `/projects/${project}/label/?image=${first.image}`, title: first.name, "aria-label": name }, content)
      : h("span", { class: "sample", title: first.name }, content));
  }

  show(answer, course, at, change) {
    const places = hasPlaces(answer);
    $("canvas", this.#picture)?.remove();
    if (places) this.#picture.append(drawnAnswer(answer, this.#classOf, EDGE));
    fill(this.#words, !places && this.#said(answer));
    const way = change > 0 ? "sample-better" : change < 0 ? "sample-worse" : "";
    fill(this.#course, [
      h("strong", { class: `number ${way}`, title: gettext("How far the answer agrees with the labels") }, [way && icon(change > 0 ? "arrow-up" : "arrow-down"), percent(answer.agreement)]),
      course.length > 1 && sparkline(course, { width: 72, height: 20, low: 0, high: 1, at, label: interpolate(gettext("Agreement over the epochs, now %s"), [percent(answer.agreement)]) }),
    ]);
  }

  #said({ truth, found }) {
    const is = new Set(truth.map((each) => each.class_id));
    const said = found.length ? found.slice(0, Math.max(1, truth.length)) : [];
    const missing = truth.filter((each) => !said.some((other) => other.class_id === each.class_id));
    return [
      said.length ? said.map((each) => h("span", { class: "sample-said" }, [icon(is.has(each.class_id) ? "check" : "x", is.has(each.class_id) ? gettext("right") : gettext("wrong")), this.#chip(each), h("span", { class: "number muted" }, percent(each.score))])) : h("span", { class: "muted" }, gettext("nothing")),
      missing.length > 0 && h("span", { class: "sample-said" }, [h("span", { class: "muted" }, gettext("is")), missing.map((each) => this.#chip(each))]),
    ];
  }

  #chip({ class_id: id }) {
    const found = this.#classOf(id);
    return h("span", { class: "chip", style: found && { "--chip-color": found.color } }, h("span", { class: "truncate" }, found?.name ?? `#${id}`));
  }
}
