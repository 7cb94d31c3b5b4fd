import { Adjusting } from "./adjusting.js";
import { Appearing } from "./appearing.js";
import { $ } from "../lib/dom.js";
import { shortcuts } from "../widgets/shortcuts.js";

/** How the picture and its shapes are shown, and where one looks: keys and popovers for it. */
export class Seeing {
  #stage;
  #adjusting;
  #appearing;

  /** @param {HTMLElement} page @param {import("../canvas/stage.js").Stage} stage @param {{project: number, draws: boolean, onColors: () => void}} options */
  constructor(page, stage, { project, draws, onColors }) {
    this.#stage = stage;
    this.#adjusting = new Adjusting($("[data-adjust]", page), stage, project);
    this.#appearing = new Appearing($("[data-appearance]", page), stage, onColors);
    this.#register(draws);
  }

  get verbs() {
    return {
      actualSize: () => this.#stage.looking.actualSize(),
      zoomToSelected: () => this.#stage.zoomTo() || this.#stage.looking.fit(),
    };
  }

  #register(draws) {
    const [adjusting, appearing, verbs] = [this.#adjusting, this.#appearing, this.verbs];
    const key = (keys, label, run, name) => ({ keys, label, run, name });
    shortcuts.register(gettext("Seeing"), [
      key("shift+z", gettext("One pixel of the image per pixel of the screen"), verbs.actualSize, "actualSize"),
      key("shift+f", gettext("Whole image"), () => this.#stage.looking.fit(), "fit"),
      key("i", gettext("Adjust the picture"), () => adjusting.toggle(), "adjust"),
      key("mod+ArrowUp", gettext("Brighter"), () => adjusting.step("brightness", 1), "brightness:1"),
      key("mod+ArrowDown", gettext("Darker"), () => adjusting.step("brightness", -1), "brightness:-1"),
      key("mod+shift+ArrowUp", gettext("More contrast"), () => adjusting.step("contrast", 1), "contrast:1"),
      key("mod+shift+ArrowDown", gettext("Less contrast"), () => adjusting.step("contrast", -1), "contrast:-1"),
      key("shift+PageUp", gettext("More gamma: what is dark becomes lighter"), () => adjusting.step("gamma", 1), "gamma:1"),
      key("shift+PageDown", gettext("Less gamma"), () => adjusting.step("gamma", -1), "gamma:-1"),
      key("shift+i", gettext("Invert the picture"), () => adjusting.invert(), "invert"),
      key("alt+i", gettext("One channel of the picture, the next, all of them"), () => adjusting.nextChannel(), "nextChannel"),
      key("shift+Home", gettext("The picture as it is"), () => adjusting.reset(), "resetPicture"),
      ...(draws ? [
        key("f", gettext("Zoom to what is selected"), verbs.zoomToSelected, "zoomToSelected"),
        key("shift+t", gettext("Names of shapes: always, never, where one points"), () => appearing.nextNames(), "nextNames"),
        key("shift+e", gettext("Outlines only"), () => appearing.toggleOutlines(), "outlines"),
      ] : []),
    ]);
  }
}
