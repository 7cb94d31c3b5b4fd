const PATIENCE = 1200; // milliseconds between the keys of a sequence

/** Finds what a key press means; knows sequences such as "g i" and chords such as "mod+k". */
export class Keymap {
  #scopes = [];
  #pressed = [];
  #last = 0;

  get scopes() {
    return this.#scopes;
  }

  /**
   * @param {string} title
   * @param {{keys: string, label: string, run: Function, typing?: boolean}[]} bindings `typing`: also while somebody types
   * @returns {() => void}
   */
  add(title, bindings) {
    const scope = { title, bindings: bindings.map((each) => ({ ...each, sequence: each.keys.split(" ").map(normal) })) };
    this.#scopes.push(scope);
    return () => {
      this.#scopes = this.#scopes.filter((each) => each !== scope);
    };
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
      const found = scope.bindings.find(({ sequence, typing: also }) => (also || !typing) && sequence.length === keys.length && sequence.every((key, index) => key === keys[index]));
      if (found) return found;
    }
    return null;
  }
}

function chord(event) {
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
