import { BoxTool } from "../canvas/tools/box_tool.js";
import { CommentTool } from "../canvas/tools/comment_tool.js";
import { RotatedBoxTool } from "../canvas/tools/rotated_box_tool.js";
import { $$, on } from "../lib/dom.js";

// What a project of a kind is mostly labelled with.
const FIRST = { detection: "box", segmentation: "polygon", keypoints: "keypoints", any: "select" };

/** The tools at the left, one of them in the hand. In the hand is also "tag": classes are then of the whole image. */
export class Toolbox {
  #buttons;
  #stage;
  #tools;
  #onChange;
  #before = "tag"; // what was in the hand before the comment
  #last = "box"; // what was drawn with last
  name = "tag";

  /** @param {HTMLElement|null} element null where there is nothing to choose @param {import("../canvas/stage.js").Stage} stage @param {Record<string, any>} more tools by name @param {(name: string) => void} onChange */
  constructor(element, stage, more, onChange) {
    this.#stage = stage;
    this.#onChange = onChange;
    this.#tools = {
      rotated_box: new RotatedBoxTool(stage), ellipse: new BoxTool(stage, "ellipse"), comment: new CommentTool(stage),
      ...more,
    };
    this.#buttons = element ? $$("[data-tool]", element) : [];
    if (element) on(element, "click", "[data-tool]", (event, button) => {
      this.choose(button.dataset.tool);
      if (event.detail) button.blur(); // the keys are the image's
    });
  }

  /** @param {string} kind of the project @param {boolean} mayLabel */
  begin(kind, mayLabel) {
    this.choose(mayLabel ? (FIRST[kind] ?? "tag") : FIRST[kind] ? "select" : "tag");
  }

  /** The shape that is drawn, "tag" for the whole image, or null for none. */
  get shape() {
    const tool = this.#tools[this.#drawing];
    if (tool && "gives" in tool) return tool.gives;
    return this.#drawing === "select" ? null : this.#drawing;
  }

  /** Whether classes are of the whole image. */
  get tagging() {
    return this.#drawing === "tag";
  }

  /** A comment changes nothing of what classes are for. */
  get #drawing() {
    return this.name === "comment" ? this.#before : this.name;
  }

  choose(name) {
    if (name === "comment") this.#before = this.#drawing;
    if (!["comment", "select", "tag"].includes(name)) this.#last = name;
    this.name = name;
    this.#stage.tool = this.#tools[name] ?? null;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset.tool === name));
    this.#onChange(name);
  }

  /** The comment is made: on with what was in the hand. */
  putAway() {
    if (this.name === "comment") this.choose(this.#before);
  }

  /** What is being drawn is done; else the tool that was drawn with before is in the hand again. */
  repeat() {
    if (!this.finish()) this.choose(this.#last);
  }

  /** Whether Escape has nothing to give up. */
  get idle() {
    return !this.#stage.tool?.busy && !this.#stage.selection.size && ["select", "tag"].includes(this.name);
  }

  /** Escape: first what is being drawn, then what is selected, then the tool. */
  escape() {
    if (this.#stage.tool?.busy) this.#stage.tool.cancel();
    else if (this.name === "comment") this.putAway();
    else if (this.#stage.selection.size) this.#stage.selection.clear();
    else if (this.name !== "tag") this.choose("select");
  }

  /** Backspace: one step of what is being drawn is taken back. @returns {boolean} whether there was one */
  back() {
    const { tool } = this.#stage;
    if (!tool?.busy || !tool.back) return false;
    tool.back();
    return true;
  }

  /** Enter: what is being drawn is done. @returns {boolean} whether anything was */
  finish() {
    const { tool } = this.#stage;
    if (!tool?.busy || !tool.finish) return false;
    tool.finish();
    return true;
  }
}
