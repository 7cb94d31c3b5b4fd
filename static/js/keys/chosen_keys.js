import { listed } from "../lib/keymap.js";
import { same } from "../lib/stable_json.js";

/** The keys that a person has chosen: a profile, and own ones that win over it. Knows no DOM. */
export class ChosenKeys {
  #profiles;
  #kept;
  #observers = new Set();
  #own = /** @type {Record<string, string[]>} */ ({});
  profile = "labelapp";

  /** @param {Record<string, {keys: Record<string, string[]>}>} profiles @param {{read: () => any, keep: (value: any) => void}} kept where they are kept */
  constructor(profiles, kept) {
    this.#profiles = profiles;
    this.#kept = kept;
    this.read();
  }

  /** Another tab may have changed them. What is kept and cannot be understood counts for nothing. */
  read() {
    const { profile, own } = this.#kept.read() ?? {};
    this.profile = Object.hasOwn(this.#profiles, profile ?? "") ? profile : "labelapp";
    this.#own = Object.fromEntries(Object.entries(own ?? {}).filter(([, keys]) => Array.isArray(keys) && keys.every((key) => typeof key === "string" && key)));
    this.#tell();
  }

  /** @param {(keys: ChosenKeys) => void} observer told whenever some are others */
  observe(observer) {
    this.#observers.add(observer);
  }

  /** The keys in force. @param {{name?: string, keys: string|string[]}} command with its default keys */
  of({ name, keys }) {
    return (name !== undefined && this.#own[name]) || this.#ofProfile({ name, keys });
  }

  /** @param {{name?: string}} command */
  isOwn({ name }) {
    return name !== undefined && name in this.#own;
  }

  get hasOwn() {
    return Object.keys(this.#own).length > 0;
  }

  /** @param {string} profile */
  choose(profile) {
    this.profile = profile;
    this.#changed();
  }

  /** @param {any} command @param {string[]} keys none is a choice too */
  set(command, keys) {
    if (same(keys, this.#ofProfile(command))) delete this.#own[command.name];
    else this.#own[command.name] = keys;
    this.#changed();
  }

  /** @param {any} command */
  reset(command) {
    delete this.#own[command.name];
    this.#changed();
  }

  resetAll() {
    this.#own = {};
    this.#changed();
  }

  #ofProfile({ name, keys }) {
    return this.#profiles[this.profile].keys[name] ?? listed(keys);
  }

  #changed() {
    this.#kept.keep({ profile: this.profile, own: this.#own });
    this.#tell();
  }

  #tell() {
    for (const observer of this.#observers) observer(this);
  }
}
