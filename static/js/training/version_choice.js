import { $, fill, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { splitBar, splitLegend, sum } from "../versions/parts.js";
import { classTable } from "../versions/class_table.js";

const FEW = 5;

/**
 * Sentences about what will be hard to learn from a version.
 * @param {{train: number, validation: number, test: number, classes: Record<string, any>}} counts
 */
export function warningsOf(counts) {
  const few = Object.entries(counts.classes).filter(([, { train }]) => train < FEW);
  const warnings = few.slice(0, FEW).map(([name, { train }]) => interpolate(ngettext("%s has %s image to train on.", "%s has %s images to train on.", train), [name, train]));
  if (few.length > FEW) warnings.push(interpolate(gettext("And %s more classes have fewer than %s."), [few.length - FEW, FEW]));
  return warnings;
}

/** The version to train on, with what it holds. */
export class VersionChoice extends EventTarget {
  #versions;
  #select;
  #about;

  /**
   * @param {HTMLElement} element with a select of the versions
   * @param {{id: number, number: number, note: string, counts: any, warnings: string[]}[]} versions
   */
  constructor(element, versions) {
    super();
    this.#versions = versions;
    this.#select = $("select", element);
    this.#about = $("[data-about]", element);
    on(this.#select, "change", () => {
      this.#show();
      this.dispatchEvent(new Event("change"));
    });
    this.#show();
  }

  get version() {
    return this.#versions.find((each) => each.id === Number(this.#select.value));
  }

  /** @param {number} id one that is not there chooses the newest */
  choose(id) {
    if (!this.#versions.some((each) => each.id === id)) return;
    this.#select.value = String(id);
    this.#show();
  }

  #show() {
    const { counts, warnings } = this.version;
    const classes = Object.fromEntries(Object.entries(counts.classes).map(([name, images]) => [name, { images, annotations: images }]));
    const all = [...new Set([...warnings, ...warningsOf(counts)])];
    fill(
      this.#about,
      splitBar(counts),
      splitLegend(counts),
      ...all.map((text) => h("p", { class: "notice notice-warning" }, [icon("triangle-alert"), h("span", null, text)])),
      h("details", { class: "version-classes" }, [
        h("summary", null, interpolate(gettext("%s images, %s classes"), [number(sum(counts)), number(Object.keys(classes).length)])),
        classTable({ classes }),
      ]),
    );
  }
}
