import { $, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { redraw } from "../lib/redraw.js";
import { confirmDialog } from "../widgets/dialog.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { toast } from "../widgets/toast.js";
import { CommentPins } from "./comment_pins.js";
import { threadRow, writer } from "./comment_rows.js";
import { Threads } from "./threads.js";

const PAUSE_MS = 200; // whoever leafs through images waits for no comments

/** What people say about the image at hand: the list at the right, the pins on the stage, and what is being written. */
export class Comments {
  #element;
  #parts;
  #threads;
  #pins;
  #writing = /** @type {any} */ (null); // a new thread with its place, an answer (`thread`) or a change (`edits`)
  #drawn = /** @type {any} */ (null); // the new thread whose field is there
  #drafts = new Map(); // of images that were left while somebody wrote: what and where
  #chosen = /** @type {number|null} */ (null);
  #resolvedToo = false;
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {{api: any, stageElement: HTMLElement, stage: import("../canvas/stage.js").Stage, toolbox: any, saved: () => Promise<any>, options: any}} parts
   *   `saved`: waits until the shapes that were drawn are on the server
   */
  constructor(element, parts) {
    this.#element = element;
    this.#parts = parts;
    this.#threads = new Threads(parts.api);
    this.#pins = new CommentPins(parts.stageElement, parts.stage, (thread) => this.#choose(thread));
    this.#threads.observe(() => this.#draw());
    this.#wire();
  }

  get open() {
    return this.#threads.open.length;
  }

  /** @param {any} item the image at hand */
  show({ id }) {
    if (this.#threads.image === id) return this.#pins.place();
    this.#keepDraft();
    this.#writing = this.#drafts.get(id) ?? null;
    this.#drafts.delete(id);
    this.#chosen = null;
    this.#threads.leave(id);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#threads.load(), PAUSE_MS);
    return undefined;
  }

  /** The next click says what is meant. */
  begin() {
    const { toolbox } = this.#parts;
    if (toolbox.name === "comment") toolbox.putAway();
    else toolbox.choose("comment");
  }

  /** About what is selected, or the whole image. */
  write() {
    const { scene, selection } = this.#parts.stage;
    const shape = scene.get(selection.only);
    const middle = shape && [(shape.bounds[0] + shape.bounds[2]) / 2, (shape.bounds[1] + shape.bounds[3]) / 2];
    this.pin(middle ?? null, shape && !shape.dashed ? shape.id : null);
  }

  /** @param {number[]|null} place @param {string|null} annotation */
  pin(place, annotation) {
    if (this.#parts.toolbox.name === "comment") this.#parts.toolbox.putAway();
    this.#write({ place, annotation, text: $("[data-new-comment] textarea", this.#element)?.value });
  }

  #wire() {
    const { may, draws } = this.#parts.options;
    on(this.#element, "click", "[data-do]", (_event, { dataset }) => this.#do(dataset.do, Number(dataset.of)));
    on(this.#element, "submit", (event) => {
      event.preventDefault();
      this.#send(event.target);
    });
    on(this.#element, "keydown", "textarea", (event, field) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
      else if (event.key === "Escape") this.#cancel();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    on(document, "visibilitychange", () => document.hidden || this.#threads.load());
    if (!may.label) return;
    const key = (keys, label, run, name = undefined) => ({ keys, label, run, name });
    shortcuts.register(gettext("Comments"), [
      key("c", gettext("Comment on a place or a shape"), () => this.begin(), "tool:comment"),
      key("shift+c", gettext("Comment on what is selected, or on the whole image"), () => this.write(), "writeComment"),
      ...(draws ? [] : [key("Escape", gettext("Give up the comment"), () => this.#parts.toolbox.putAway())]),
    ]);
  }

  async #do(what, id) {
    const thread = this.#threads.list.find((each) => each.id === id);
    const verbs = {
      go: () => this.#choose(thread),
      answer: () => this.#write({ thread: id }),
      edit: () => this.#write({ edits: id }),
      cancel: () => this.#cancel(),
      resolve: () => this.#threads.settle(id, true),
      reopen: () => this.#threads.settle(id, false),
      remove: () => this.#remove(id, thread),
      resolved: () => this.#showResolved(!this.#resolvedToo),
      begin: () => this.begin(),
      retry: () => this.#threads.load(),
    };
    try {
      await verbs[what]();
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  async #remove(id, thread) {
    const title = thread?.answers.length ? gettext("Delete the comment and its answers?") : gettext("Delete the comment?");
    if (await confirmDialog({ title, confirm: gettext("Delete"), danger: true })) await this.#threads.remove(id);
  }

  #showResolved(too) {
    this.#resolvedToo = too;
    this.#draw();
  }

  #choose(thread) {
    if (thread.resolved_at) this.#resolvedToo = true;
    this.#chosen = thread.id;
    this.#draw();
    this.#ask();
    this.#pins.reveal(thread);
    $(`[data-row="${thread.id}"]`, this.#element)?.scrollIntoView({ block: "nearest" });
  }

  #write(writing) {
    this.#writing = writing;
    this.#draw();
    this.#ask();
    $(".comment-writer textarea", this.#element)?.focus();
  }

  /** Whoever hides the list shows it now. */
  #ask() {
    this.#element.dispatchEvent(new CustomEvent("panel-wanted", { bubbles: true }));
  }

  #cancel() {
    this.#writing = null;
    this.#draw();
  }

  #keepDraft() {
    const text = $(".comment-writer textarea", this.#element)?.value;
    if (this.#writing && text?.trim()) this.#drafts.set(this.#threads.image, { ...this.#writing, text });
  }

  async #send(form) {
    const field = $("textarea", form), button = $("[type=submit]", form), problem = $(".field-error", form);
    const text = field.value.trim();
    if (!text || button.disabled) return;
    const { image } = this.#threads;
    const writing = this.#writing;
    button.disabled = true;
    try {
      if (writing.annotation) await this.#parts.saved();
      if (writing.edits) await this.#threads.edit(writing.edits, text);
      else await this.#threads.say(image, { text, place: writing.place, annotation: writing.annotation, thread: writing.thread });
      this.#drafts.delete(image);
      if (this.#writing === writing) this.#cancel();
    } catch (error) {
      problem.textContent = error.message;
      if (!form.isConnected) toast(error.message, { kind: "error" });
    } finally {
      button.disabled = false;
    }
  }

  #draw() {
    const { list, open, state } = this.#threads;
    const { user, may } = this.#parts.options;
    const resolved = list.length - open.length;
    const writing = this.#writing;
    const fresh = writing && writing.place !== undefined;
    const shown = this.#resolvedToo ? list : open;
    redraw($("[data-comment-list]", this.#element), shown.map((each) => threadRow(each, { user, may, chosen: this.#chosen, writing })));
    this.#drawNew(fresh ? writing : null);
    $("[data-comments-count]", this.#element).textContent = open.length ? number(open.length) : "";
    $("[data-comments-none]", this.#element).hidden = list.length > 0 || state !== "here" || fresh;
    $("[data-comments-failed]", this.#element).hidden = state !== "failed";
    const more = $("[data-do=resolved]", this.#element);
    more.hidden = !resolved;
    more.textContent = interpolate(this.#resolvedToo ? ngettext("Hide %s resolved", "Hide %s resolved", resolved) : ngettext("Show %s resolved", "Show %s resolved", resolved), [number(resolved)]);
    this.#pins.show(shown, fresh ? writing : null, this.#chosen);
  }

  #drawNew(writing) {
    if (this.#drawn === writing) return;
    this.#drawn = writing;
    const box = $("[data-new-comment]", this.#element);
    box.hidden = !writing;
    if (!writing) return void box.replaceChildren();
    const about = writing.annotation ? gettext("On the shape") : writing.place ? interpolate(gettext("At %s, %s"), writing.place.map((each) => number(Math.round(each)))) : gettext("On the whole image");
    box.replaceChildren(h("p", { class: "muted small" }, about), writer(gettext("Comment"), writing.text ?? "", "new"));
    return undefined;
  }
}
