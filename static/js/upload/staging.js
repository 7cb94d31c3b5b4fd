import { $, $$, h } from "../lib/dom.js";
import { bytes, number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { isZip } from "./batches.js";
import { foldersOf } from "./collect.js";
import { StagedFiles } from "./staged_files.js";

const MOST_CHIPS = 24;

/** Files that are chosen and not sent yet: what they are, and whether their folders become labels. */
export class Staging {
  #staged = new StagedFiles();

  /**
   * @param {HTMLElement} root
   * @param {{classes: any[], start: (staged: {sources: any[], handles: any[], classFrom: string}) => Promise<void>}} parts
   */
  constructor(root, { classes, start }) {
    this.root = root;
    this.classes = classes;
    this.start = start;
    root.addEventListener("change", () => this.draw());
    $("[data-forget]", root).addEventListener("click", () => this.clear());
    $("[data-start]", root).addEventListener("click", () => this.#begin());
  }

  get size() {
    return this.#staged.sources.length;
  }

  choose(sources, handles) {
    const again = this.#staged.choose(sources, handles);
    if (again) toast(interpolate(ngettext("%s file was chosen already and is left out.", "%s files were chosen already and are left out.", again), [number(again)]));
    this.draw();
  }

  clear() {
    this.#staged.take();
    this.draw();
  }

  /** What is chosen while this is under way waits for the next time. */
  async #begin() {
    const taken = this.#staged.take();
    let problem = "";
    this.#busy(true);
    try {
      await this.start({ ...taken, classFrom: this.#classFrom });
    } catch (error) {
      problem = error.message;
      this.#staged.putBack(taken);
    } finally {
      this.#busy(false);
    }
    this.draw();
    this.#refuse(problem);
  }

  #busy(busy) {
    for (const button of $$("[data-start], [data-forget]", this.root)) button.disabled = busy;
    $("[data-start]", this.root).setAttribute("aria-busy", String(busy));
  }

  draw() {
    const files = this.#staged.sources;
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
