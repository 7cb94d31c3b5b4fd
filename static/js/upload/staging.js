import { $, h } from "../lib/dom.js";
import { bytes, number } from "../lib/format.js";
import { isZip } from "./batches.js";
import { foldersOf } from "./collect.js";

const MOST_CHIPS = 24;

/** Files that are chosen and not sent yet: what they are, and whether their folders become labels. */
export class Staging {
  #sources = [];
  #handles = [];

  /**
   * @param {HTMLElement} root
   * @param {{classes: any[], start: (staged: {sources: any[], handles: any[], classFrom: string}) => Promise<void>}} parts
   */
  constructor(root, { classes, start }) {
    this.root = root;
    this.classes = classes;
    root.addEventListener("change", () => this.draw());
    $("[data-forget]", root).addEventListener("click", () => this.clear());
    const button = $("[data-start]", root);
    button.addEventListener("click", async () => {
      button.setAttribute("aria-busy", "true");
      try {
        await start({ sources: this.#sources, handles: this.#handles, classFrom: this.#classFrom });
        this.clear();
      } catch (error) {
        this.#refuse(error.message);
      } finally {
        button.removeAttribute("aria-busy");
      }
    });
  }

  get size() {
    return this.#sources.length;
  }

  choose(sources, handles) {
    const known = new Set(this.#sources.map((each) => each.path));
    // Handles count only when they lead to all that was chosen.
    this.#handles = this.#sources.length && !this.#handles.length ? [] : handles.length ? [...this.#handles, ...handles] : [];
    this.#sources = [...this.#sources, ...sources.filter((each) => !known.has(each.path))];
    this.draw();
  }

  clear() {
    this.#sources = [];
    this.#handles = [];
    this.draw();
  }

  draw() {
    const files = this.#sources;
    this.root.hidden = !files.length;
    this.#refuse("");
    if (!files.length) return;
    const zips = files.filter(isZip).length;
    $("[data-summary]", this.root).textContent = [
      interpolate(ngettext("%s file", "%s files", files.length), [number(files.length)]),
      bytes(files.reduce((sum, each) => sum + each.size, 0)),
      zips && interpolate(ngettext("%s ZIP", "%s ZIPs", zips), [number(zips)]),
    ].filter(Boolean).join(" · ");
    this.#drawClasses(foldersOf(files), zips);
  }

  #refuse(text) {
    const notice = $("[data-refusal]", this.root);
    notice.hidden = !text;
    $("span", notice).textContent = text;
  }

  #drawClasses(folders, zips) {
    const box = $("[data-preview]", this.root);
    box.hidden = this.#classFrom !== "folder";
    if (box.hidden) return;
    const known = new Map(this.classes.map((each) => [each.name, each]));
    const chips = [...folders].slice(0, MOST_CHIPS).map(([name, count]) =>
      h("span", { class: "chip", style: { "--chip-color": known.get(name)?.color ?? "" }, title: known.has(name) ? gettext("A class of this project") : gettext("Becomes a new class") }, [
        h("span", { class: "truncate" }, name),
        h("span", { class: "muted number" }, number(count)),
        known.has(name) ? null : h("span", { class: "chip-new" }, gettext("new")),
      ]),
    );
    if (folders.size > MOST_CHIPS) chips.push(h("span", { class: "muted small" }, interpolate(gettext("and %s more"), [number(folders.size - MOST_CHIPS)])));
    if (!folders.size) chips.push(h("span", { class: "muted small" }, zips ? gettext("Classes come from the folders inside the ZIPs.") : gettext("None of these files lies in a folder, so none gets a label.")));
    $("[data-classes]", this.root).replaceChildren(...chips);
  }

  get #classFrom() {
    return $("[name=class_from]:checked", this.root).value;
  }
}
