import { $, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { keyText } from "../lib/key_words.js";
import { makeDialog, openDialog } from "../widgets/dialog.js";
import { allClashes, clashing, without } from "./clashes.js";
import { KeyRow } from "./key_row.js";

/** Where a person chooses a profile of keys and gives commands keys of their own. */
export class KeysDialog {
  #chosen;
  #scopes;
  #profiles;
  #rows = new Map(); // name -> KeyRow
  #focus = ""; // the command whose row has it after a change
  #dialog = /** @type {any} */ (null);

  /** @param {import("./chosen_keys.js").ChosenKeys} chosen @param {() => {title: string, bindings: any[]}[]} scopes that are registered now @param {Record<string, {title: string}>} profiles */
  constructor(chosen, scopes, profiles) {
    this.#chosen = chosen;
    this.#scopes = scopes;
    this.#profiles = profiles;
  }

  async open() {
    const profile = h("select", { class: "select", "data-key-profile": true, autocomplete: "off", on: { change: () => this.#choose(() => this.#chosen.choose(profile.value)) } },
      Object.entries(this.#profiles).map(([name, { title }]) => h("option", { value: name }, title)));
    profile.value = this.#chosen.profile;
    const dialog = makeDialog({
      title: gettext("Keys"),
      class: "keys-dialog",
      body: [
        h("div", { class: "row row-between" }, [
          h("label", { class: "row" }, [gettext("Keys as in"), profile]),
          h("button", { class: "btn btn-small", type: "button", "data-reset-keys": true, on: { click: () => this.#choose(() => this.#chosen.resetAll()) } }, [icon("rotate-ccw"), gettext("Reset all of my own")]),
        ]),
        h("p", { class: "small", role: "status", "data-key-clashes": true }),
        ...this.#scopes().map((scope) => this.#group(scope)),
        h("p", { class: "muted small" }, gettext("Keys of classes are set with the classes of the project, and go first. These are kept by this browser, for you alone.")),
      ],
      foot: h("button", { class: "btn btn-primary", type: "button", "data-close": true }, gettext("Done")),
    });
    this.#show(dialog);
    this.#dialog = dialog;
    await openDialog(dialog);
    this.#dialog = null;
    dialog.remove();
    this.#rows.clear();
  }

  #group({ title, bindings }) {
    const named = bindings.filter((each) => each.name !== undefined);
    if (!named.length) return null;
    return h("section", null, [h("h3", null, title), h("ul", { class: "key-rows" }, named.map((each) => {
      const row = new KeyRow(each, {
        set: (keys) => this.#choose(() => this.#chosen.set(each, keys), each.name),
        drop: (focus) => this.#choose(() => {}, focus ? each.name : ""),
        reset: () => this.#choose(() => this.#chosen.reset(each), each.name),
        asked: (key, keys) => this.#ask(each, key, keys),
      });
      this.#rows.set(each.name, row);
      return row.element;
    }))]);
  }

  /** @param {() => void} change @param {string} [name] of the command whose row keeps the focus */
  #choose(change, name = "") {
    this.#focus = name;
    change();
    if (this.#dialog) this.#show(this.#dialog);
  }

  get #commands() {
    return this.#scopes().flatMap((scope) => scope.bindings);
  }

  #show(dialog) {
    const commands = this.#commands;
    const clashes = allClashes(commands);
    const bad = new Set([...clashes.values()].flat());
    for (const command of commands) this.#rows.get(command.name)?.show(command, { own: this.#chosen.isOwn(command), clash: bad.has(command.name) });
    $("[data-reset-keys]", dialog).disabled = !this.#chosen.hasOwn;
    $("[data-key-clashes]", dialog).textContent = clashes.size ? interpolate(gettext("More than one command has: %s"), [[...clashes.keys()].map((each) => keyText(each)).join(", ")]) : "";
    if (this.#focus) this.#rows.get(this.#focus)?.focus();
  }

  /** A key of another command is taken away there only when the person says so. @returns {boolean} whether nothing has to be asked */
  #ask(command, key, keys) {
    const others = clashing(key, this.#commands, command);
    const named = others.filter((each) => each.name !== undefined);
    const row = this.#rows.get(command.name);
    if (!named.length) {
      if (others.length) queueMicrotask(() => row.say(interpolate(gettext("%s is also for “%s”."), [keyText(key), others[0].label])));
      return true;
    }
    this.#choose(() => {}, command.name); // it no longer waits for a key
    const take = h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#choose(() => {
      for (const other of named) this.#chosen.set(other, without(key, other.inForce));
      this.#chosen.set(command, keys);
    }, command.name) } }, gettext("Take it away there"));
    const leave = h("button", { class: "btn btn-ghost btn-small", type: "button", on: { click: () => this.#choose(() => {}, command.name) } }, gettext("Leave it"));
    row.say(h("span", null, interpolate(gettext("“%s” has %s."), [named.map((each) => each.label).join("”, “"), keyText(key)])), take, leave);
    take.focus();
    return false;
  }
}
