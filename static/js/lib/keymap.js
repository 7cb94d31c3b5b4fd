const ALWAYS = () => true;
const PATIENCE = 1200; // milliseconds between the keys of a sequence

/** Finds what a key press means; knows sequences such as "g i" and chords such as "mod+k". */
export class Keymap {
  #scopes = [];
  #keysOf = (binding) => listed(binding.keys);
  #pressed = [];
  #last = 0;

  get scopes() {
    return this.#scopes;
  }

  /**
   * @param {string} title
   * @param {{keys: string|string[], label: string, run: Function, typing?: boolean, name?: string, when?: () => boolean}[]} bindings
   *   `typing`: also while somebody types; `name`: by which a person can give it other keys; `when`: not at other times
   * @returns {() => void}
   */
  add(title, bindings) {
    const scope = { title, bindings: bindings.map((each) => this.#bound(each)) };
    this.#scopes.push(scope);
    return () => {
      this.#scopes = this.#scopes.filter((each) => each !== scope);
    };
  }

  /** Other keys for all bindings, those that come later too. @param {(binding: any) => string[]} keysOf those of a binding, whose `keys` are the default */
  rebind(keysOf) {
    this.#keysOf = keysOf;
    for (const scope of this.#scopes) scope.bindings = scope.bindings.map((each) => this.#bound(each));
  }

  #bound(binding) {
    const inForce = this.#keysOf(binding);
    return { ...binding, inForce, sequences: inForce.map(sequenceOf) };
  }

  /**
   * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean, timeStamp?: number}} event
   * @param {boolean} [typing] somebody types: nearly all keys are of the text, and none begins a sequence
   * @returns {Function|null} what to run
   */
  press(event, typing = false) {
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return null;
    if (typing) return this.#find([chord(event)], true)?.run ?? null;
    const now = event.timeStamp ?? 0;
    if (now - this.#last > PATIENCE) this.#pressed = [];
    this.#last = now;
    this.#pressed = [...this.#pressed, chord(event)].slice(-3);
    for (let start = 0; start < this.#pressed.length; start += 1) {
      const found = this.#find(this.#pressed.slice(start));
      if (found) {
        this.#pressed = [];
        return found.run;
      }
    }
    return null;
  }

  /** Scopes added later (of the page) win over earlier ones (of the site). */
  #find(keys, typing = false) {
    for (const scope of this.#scopes.toReversed()) {
      const found = scope.bindings.find(({ sequences, typing: also, when = ALWAYS }) => (also || !typing) && when() && sequences.some((each) => each.length === keys.length && each.every((key, index) => key === keys[index])));
      if (found) return found;
    }
    return null;
  }
}

/** @param {string|string[]} keys */
export const listed = (keys) => (Array.isArray(keys) ? keys : [keys]);

/** Keys as they are compared: the chords of a sequence in one spelling. @param {string} keys @returns {string[]} */
export const sequenceOf = (keys) => keys.split(" ").map(normal);

/** The chord of a key press, as "mod+k". @param {any} event */
export function chord(event) {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const letter = key.length > 1 || /[a-z]/.test(key); // signs such as "?" need Shift on some keyboards, not on others
  return [
    (event.ctrlKey || event.metaKey) && "mod",
    event.altKey && "alt",
    event.shiftKey && letter && "shift",
    key,
  ].filter(Boolean).join("+");
}

function normal(keys) {
  const parts = keys.toLowerCase().split(/\+(?=.)/).map((part) => (part === "ctrl" || part === "meta" ? "mod" : part));
  const key = parts.pop();
  return [...["mod", "alt", "shift"].filter((each) => parts.includes(each)), key === "esc" ? "escape" : key].join("+");
}
