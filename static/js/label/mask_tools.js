import { AreaTool, KnifeTool } from "../canvas/tools/area_tool.js";
import { BrushTool } from "../canvas/tools/brush_tool.js";
import { LiveStroke } from "../canvas/tools/live_stroke.js";
import { Tip } from "../canvas/tools/tip.js";
import { Tolerance, WandTool } from "../canvas/tools/wand_tool.js";

/** The tools that paint masks and cut shapes, with what brush and wand are set to. */
export class MaskTools {
  /** @param {HTMLElement} element the stage's @param {import("../canvas/stage.js").Stage} stage @param {import("./shaping.js").Shaping} shaping */
  constructor(element, stage, shaping) {
    const live = new LiveStroke(stage, element);
    this.tip = new Tip(element);
    this.tolerance = new Tolerance();
    this.byName = {
      brush: new BrushTool(stage, shaping, live, this.tip, false),
      eraser: new BrushTool(stage, shaping, live, this.tip, true),
      area_add: new AreaTool(stage, shaping.addArea),
      area_cut: new AreaTool(stage, shaping.cutArea),
      wand: new WandTool(stage, shaping, this.tolerance),
      knife: new KnifeTool(stage, shaping.part),
    };
  }

  /** What the keys for larger and smaller change. @param {string} name of the tool in hand @param {1|-1} by */
  step(name, by) {
    (name === "wand" ? this.tolerance : this.tip).step(by);
  }
}
