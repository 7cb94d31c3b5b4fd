import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { bytes, number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { headlineOf } from "./model_figures.js";
import { ago } from "./run_status.js";
import { metricName, metricText } from "./run_words.js";

/** The project's models as cards, newest first. */
class Models {
  #element;
  #list;
  #next = null;

  constructor(element) {
    this.#element = element;
    this.#list = $("[data-list]", element);
    on($("[data-more] button", element), "click", () => this.#load(this.#next));
    this.#load(`${element.dataset.models}?page_size=48`);
  }

  async #load(address) {
    let page;
    try {
      page = await api.get(address);
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#load(address) } });
      return;
    }
    if (!this.#next) this.#list.replaceChildren(page.results.length ? h("ul", { class: "models" }) : $("template[data-empty]").content.cloneNode(true));
    this.#list.removeAttribute("aria-busy");
    $(".models", this.#list)?.append(...page.results.map((model) => this.#card(model)));
    this.#next = page.next;
    $("[data-more]", this.#element).hidden = !page.next;
  }

  #card(model) {
    const { card } = model;
    const figure = headlineOf(card.metrics);
    const classes = interpolate(ngettext("%s class", "%s classes", card.classes.length), [number(card.classes.length)]);
    const facts = [classes, interpolate(gettext("%s parameters"), [number(card.parameters, { notation: "compact" })]), bytes(card.file_size), `${card.image_size} px`];
    return h("li", { class: "card model-card" }, [
      h("div", { class: "model-card-head" }, [
        h("h2", null, h("a", { href: `/models/${model.id}/`, title: model.name }, model.name)),
        h("span", { class: "hint" }, [card.preset, " · ", h("a", { href: `/versions/${card.version.id}/` }, `v${card.version.number}`), " · ", h("a", { href: `/runs/${model.run}/` }, gettext("run")), " · ", ago(model.created_at)]),
      ]),
      figure && h("div", { class: "stat" }, [
        h("strong", null, metricText(figure.name, figure.value)),
        h("span", null, figure.split === "test" ? interpolate(gettext("%s on the test images"), [metricName(figure.name)]) : interpolate(gettext("%s on the validation images"), [metricName(figure.name)])),
      ]),
      h("p", { class: "hint" }, facts.join(" · ")),
      h("div", { class: "row model-card-actions" }, [
        h("a", { class: "btn btn-small", href: `/models/${model.id}/#try` }, [icon("image-up"), gettext("Try it")]),
        this.#mayTrain && h("a", { class: "btn btn-small", href: `/models/${model.id}/#auto-label` }, [icon("sparkles"), gettext("Auto-label")]),
        this.#mayTrain && h("a", { class: "btn btn-small", href: `${this.#element.dataset.train}?from_model=${model.id}` }, [icon("git-branch"), gettext("Fine-tune")]),
      ]),
    ]);
  }

  get #mayTrain() {
    return "mayTrain" in this.#element.dataset;
  }
}

attach("data-models", (element) => new Models(element));
