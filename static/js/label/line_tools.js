import { Snapping } from "../canvas/snapping.js";
import { ChosenBoxTool } from "../canvas/tools/chosen_box_tool.js";
import { PolygonTool } from "../canvas/tools/polygon_tool.js";
import { SelectTool } from "../canvas/tools/select_tool.js";
import { $, $$, on } from "../lib/dom.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { KeptChoices } from "./kept_choices.js";

/** The tools that draw and change outlines, with what they are set to: how boxes are drawn, and whether vertices snap. */
export class LineTools {
  #kept = new KeptChoices("label-lines");
  #snapping;
  #box;
  #bar;

  /** @param {HTMLElement} element the stage's @param {import("../canvas/stage.js").Stage} stage @param {HTMLElement|null} bar the row of what tools are set to */
  constructor(element, stage, bar) {
    this.#snapping = new Snapping(stage, element);
    this.#box = new ChosenBoxTool(stage);
    this.#bar = bar;
    const { snap = true, box = "corners" } = this.#kept.read() ?? {};
    this.#snapping.toggle(snap !== false);
    this.#box.by = box;
    this.byName = {
      select: new SelectTool(stage, this.#snapping),
      box: this.#box,
      polygon: new PolygonTool(stage, "polygon", this.#snapping),
      polyline: new PolygonTool(stage, "polyline", this.#snapping),
    };
    if (bar) this.#wire(bar);
  }

  get verbs() {
    return {
      snap: () => this.#set(() => this.#snapping.toggle()),
      boxBy: () => this.#set(() => (this.#box.by = this.#box.by === "corners" ? "extremes" : "corners")),
    };
  }

  #wire(bar) {
    on($("[data-snap]", bar), "change", ({ target }) => {
      this.#set(() => this.#snapping.toggle(target.checked));
      target.blur(); // the keys are the image's
    });
    on(bar, "click", "[data-box-by]", (event, button) => {
      this.#set(() => (this.#box.by = button.dataset.boxBy));
      if (event.detail) button.blur();
    });
    const { verbs } = this;
    shortcuts.register(gettext("Drawing"), [
      { keys: "alt+r", name: "boxBy", label: gettext("Boxes by two corners, or by four extreme points"), run: verbs.boxBy },
      { keys: "alt+v", name: "snap", label: gettext("Vertices snap to neighbours, or do not"), run: verbs.snap },
    ]);
    this.#show();
  }

  #set(change) {
    change();
    this.#kept.keep({ snap: this.#snapping.on, box: this.#box.by });
    this.#show();
  }

  #show() {
    if (!this.#bar) return;
    $("[data-snap]", this.#bar).checked = this.#snapping.on;
    this.#bar.dataset.boxesBy = this.#box.by;
    for (const button of $$("[data-box-by]", this.#bar)) button.setAttribute("aria-pressed", String(button.dataset.boxBy === this.#box.by));
  }
}
