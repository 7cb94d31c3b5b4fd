import { fill, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { keyText } from "../lib/key_words.js";
import { chord } from "../lib/keymap.js";

const HELD = ["Shift", "Control", "Alt", "Meta", "AltGraph", "Dead", "Process", "Unidentified"];

/** A command in the dialog, with its keys: one is pressed anew, another one is added, all are given back. */
export class KeyRow {
  #command;
  #verbs;
  element;

  /**
   * @param {any} command
   * @param {{set: (keys: string[]) => void, reset: () => void, drop: (focus: boolean) => void, asked: (key: string, keys: string[]) => boolean}} verbs
   *   `drop`: no key was pressed after all;
   *   `asked`: a key was pressed; false where it is of another command, and what becomes of it is asked first
   */
  constructor(command, verbs) {
    this.#command = command;
    this.#verbs = verbs;
    this.element = h("li", { class: "key-row", dataset: { command: command.name } });
  }

  /** @param {any} command with its keys in force @param {{own: boolean, clash: boolean}} state */
  show(command, { own, clash }) {
    this.#command = command;
    const keys = command.inForce;
    const label = command.label;
    this.element.classList.toggle("key-row-clash", clash);
    fill(this.element, [
      h("span", { class: "key-row-label" }, label),
      h("span", { class: "key-row-keys" }, [
        ...keys.map((key, place) => this.#button(keyText(key), interpolate(gettext("%s: another key for %s"), [label, keyText(key)]), place)),
        !keys.length && h("span", { class: "muted small" }, gettext("no key")),
        this.#button(icon("plus"), interpolate(gettext("%s: one more key"), [label]), keys.length),
        h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", disabled: !own, title: gettext("As in the profile"), "aria-label": interpolate(gettext("%s: as in the profile"), [label]), on: { click: () => this.#verbs.reset() } }, icon("rotate-ccw")),
      ]),
    ]);
  }

  /** Something about this row, under it. @param {any} [content] */
  say(...content) {
    this.element.querySelector(".key-row-said")?.remove();
    if (content.length) this.element.append(h("p", { class: "key-row-said small", role: "alert" }, content));
  }

  focus() {
    this.element.querySelector("button")?.focus();
  }

  #button(face, label, place) {
    const added = typeof face !== "string";
    return h("button", {
      class: `btn btn-small ${added ? "btn-ghost btn-icon" : "key-row-key"}`, type: "button", title: label, "aria-label": label,
      on: { click: ({ currentTarget }) => this.#wait(currentTarget, place) },
    }, face);
  }

  /** The next key counts; Escape, and whatever takes the focus away, leaves all as it was. */
  #wait(button, place) {
    const without = this.#command.inForce.filter((_key, each) => each !== place);
    const remove = place < this.#command.inForce.length && h("button", {
      class: "btn btn-ghost btn-small", type: "button",
      on: { pointerdown: (event) => event.preventDefault(), click: () => this.#verbs.set(without) },
    }, gettext("No key"));
    const waiting = h("button", { class: "btn btn-small key-row-waiting", type: "button", on: {
      keydown: (event) => this.#pressed(event, place),
      blur: ({ relatedTarget }) => waiting.isConnected && relatedTarget !== remove && this.#verbs.drop(false),
      click: () => this.#verbs.drop(true),
    } }, gettext("Press a key"));
    button.replaceWith(waiting, remove || "");
    this.say();
    waiting.focus();
  }

  #pressed(event, place) {
    event.preventDefault();
    event.stopPropagation();
    if (HELD.includes(event.key) || event.repeat) return;
    if (event.key === "Escape") return void this.#verbs.drop(true);
    const key = chord(event);
    const keys = this.#command.inForce.filter((each) => each !== key).toSpliced(place, 1, key);
    if (this.#verbs.asked(key, [...new Set(keys)])) this.#verbs.set([...new Set(keys)]);
    return undefined;
  }
}
