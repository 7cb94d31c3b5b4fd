import { fill, h } from "../lib/dom.js";
import { pinned } from "./threads.js";

/** The numbers on the stage, each at what its comment is about; they stay there while the image moves under them. */
export class CommentPins {
  #stage;
  #box = h("div", { class: "comment-pins" });
  #pins = /** @type {{element: any, thread: any}[]} */ ([]);
  #view = { scale: 1, x: 0, y: 0 };
  #choose;

  /** @param {HTMLElement} element the stage's @param {import("../canvas/stage.js").Stage} stage @param {(thread: any) => void} choose */
  constructor(element, stage, choose) {
    this.#stage = stage;
    this.#choose = choose;
    element.append(this.#box);
    stage.looking.observe((view) => {
      this.#view = view;
      this.place();
    });
  }

  /** @param {any[]} threads @param {{place: number[]|null, annotation: string|null}|null} draft that is being written @param {number|null} chosen id of a thread */
  show(threads, draft, chosen) {
    const pins = threads.filter((each) => each.place || each.annotation).map((thread) => ({ thread, element: this.#pin(thread, thread.id === chosen) }));
    if (draft?.place) pins.push({ thread: draft, element: h("span", { class: "comment-pin comment-pin-draft" }, "+") });
    this.#pins = pins;
    fill(this.#box, pins.map((each) => each.element));
    this.place();
  }

  /** Anew where they stand: shapes or the view have moved. */
  place() {
    const { scale, x, y } = this.#view;
    for (const { element, thread } of this.#pins) {
      const at = pinned(thread, this.#stage.scene.get(thread.annotation)?.bounds);
      element.hidden = !at;
      if (!at) continue;
      element.style.setProperty("--x", `${at[0] * scale + x}px`);
      element.style.setProperty("--y", `${at[1] * scale + y}px`);
    }
  }

  /** Bring it into sight. */
  reveal(thread) {
    const at = pinned(thread, this.#stage.scene.get(thread.annotation)?.bounds);
    if (at) this.#stage.looking.reveal(at);
  }

  #pin(thread, chosen) {
    const what = thread.resolved_at ? gettext("Comment %s, resolved: %s") : gettext("Comment %s: %s");
    return h("button", {
      class: `comment-pin${thread.resolved_at ? " comment-pin-resolved" : ""}`, type: "button", dataset: { pin: thread.number }, tabindex: "-1",
      "aria-pressed": String(chosen), title: thread.text.slice(0, 200), "aria-label": interpolate(what, [thread.number, thread.text.slice(0, 200)]), on: { click: () => this.#choose(thread) },
    }, String(thread.number));
  }
}
