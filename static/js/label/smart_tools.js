import { CutOutTool } from "../canvas/tools/cut_out_tool.js";
import { Superpixels } from "../canvas/smart/superpixels.js";
import { LiveStroke } from "../canvas/tools/live_stroke.js";
import { ScissorsTool } from "../canvas/tools/scissors_tool.js";
import { SuperpixelTool } from "../canvas/tools/superpixel_tool.js";
import { Assistant } from "./assistant.js";
import { fitToEdges } from "./fit_to_edges.js";

/** The tools that find outlines by themselves. */
export class SmartTools {
  #stage;
  #shaping;

  /**
   * @param {HTMLElement} element the stage's @param {import("../canvas/stage.js").Stage} stage
   * @param {{sitting: any, classes: import("./classes.js").Classes, chosen: () => number|null, shaping: import("./shaping.js").Shaping, tip: import("../canvas/tools/tip.js").Tip}} parts
   */
  constructor(element, stage, { sitting, classes, chosen, shaping, tip }) {
    this.#stage = stage;
    this.#shaping = shaping;
    this.assistant = new Assistant(stage, sitting, classes, chosen);
    this.cutOut = new CutOutTool(stage, this.assistant, new LiveStroke(stage, element), tip);
    this.scissors = new ScissorsTool(stage, this.assistant);
    this.superpixels = new SuperpixelTool(stage, shaping, this.assistant, new Superpixels(element, element.dataset.smartWorker ?? ""));
    this.byName = { cutout: this.cutOut, scissors: this.scissors, superpixels: this.superpixels };
  }

  /** @param {string} name of the tool in hand */
  show(name) {
    if (name === "superpixels") this.superpixels.begin();
    else this.superpixels.end();
  }

  /** What the keys for larger and smaller change. @param {string} name of the tool in hand @param {1|-1} by @returns {boolean} whether it is one of these */
  step(name, by) {
    if (name === "superpixels") this.superpixels.step(by);
    return name === "superpixels";
  }

  /** What keys and buttons do, by name. */
  get verbs() {
    return { fitToEdges: () => fitToEdges(this.#stage, this.#shaping, this.assistant) };
  }
}
