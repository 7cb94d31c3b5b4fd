import { $ } from "../lib/dom.js";
import { shortcuts } from "../widgets/shortcuts.js";
import { FocusMode } from "./focus_mode.js";
import { OwnKeys } from "./own_keys.js";
import { SideEdge } from "./side_edge.js";
import { SideTabs } from "./side_tabs.js";

/** What lies around the image: the right bar with its tabs and its edge, focus mode, and the keys that somebody chooses. */
export class Surroundings {
  #tabs;
  #focusMode;
  #ownKeys;

  /** @param {HTMLElement} page @param {import("./toolbox.js").Toolbox} toolbox @param {{user: number, comments: boolean}} visit `comments`: somebody came for them */
  constructor(page, toolbox, { user, comments }) {
    this.#tabs = new SideTabs($("[data-side]", page), { first: comments ? "comments" : undefined });
    new SideEdge($("[data-side-edge]", page), page);
    this.#focusMode = new FocusMode(page, () => toolbox.idle);
    const { verbs } = this;
    shortcuts.register(gettext("Page"), [
      { keys: ";", name: "nextTab", label: gettext("Next tab at the right: objects, classes, comments"), run: verbs.nextTab },
      { keys: ".", name: "focusMode", label: gettext("Focus: only the image and its labels"), run: verbs.focusMode },
      { keys: "alt+Enter", name: "fullscreen", label: gettext("Full screen"), run: verbs.fullscreen },
      { keys: "mod+,", name: "keys", label: gettext("Choose the keys"), run: verbs.keys },
    ]);
    this.#ownKeys = new OwnKeys(page, user);
  }

  /** All keys are registered: buttons say which are in force. */
  showKeys() {
    this.#ownKeys.show();
  }

  get verbs() {
    return {
      nextTab: () => void this.#tabs.next(),
      focusMode: () => this.#focusMode.toggle(),
      fullscreen: () => this.#focusMode.fullscreen(),
      keys: () => this.#ownKeys.open(),
    };
  }

  /** @param {import("./class_list.js").ClassList} classList */
  findClass(classList) {
    this.#tabs.showClasses();
    classList.focusFilter();
  }
}
