import { ChosenKeys } from "../keys/chosen_keys.js";
import { showKeys } from "../keys/key_hints.js";
import { KeysDialog } from "../keys/keys_dialog.js";
import { PROFILES } from "../keys/profiles.js";
import { on } from "../lib/dom.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { KeptChoices } from "./kept_choices.js";

/** The keys that this person has chosen, in force on the labelling page. */
export class OwnKeys {
  #dialog;
  #page;

  /** @param {HTMLElement} page @param {number} user */
  constructor(page, user) {
    const name = `label-keys-${user}`;
    const chosen = new ChosenKeys(PROFILES, new KeptChoices(name));
    this.#dialog = new KeysDialog(chosen, () => shortcuts.scopes, PROFILES);
    this.#page = page;
    const apply = () => shortcuts.rebind((command) => chosen.of(command));
    chosen.observe(() => {
      apply();
      this.show();
    });
    on(globalThis, "storage", (event) => event.key === name && chosen.read()); // of another tab
    shortcuts.offer({ label: gettext("Change keys"), run: () => this.open() });
    apply();
  }

  show() {
    showKeys(this.#page, shortcuts.scopes.flatMap((each) => each.bindings));
  }

  open() {
    this.#dialog.open();
  }
}
