import { $, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";
import { fromDrop, fromHandles, fromInput } from "./collect.js";

/** The place onto which files are dropped, and the buttons that choose them. */
export class Choosing {
  /** @param {HTMLElement} root @param {(found: import("./collect.js").Found & {handles: any[]}) => any} chosen */
  constructor(root, chosen) {
    this.root = root;
    this.chosen = chosen;
    for (const input of [$("[data-files]", root), $("[data-folder]", root)]) {
      input.addEventListener("change", () => this.#take(input));
      if (input.files.length) this.#take(input); // chosen before this module was there
    }
    $("[data-folder]", root).addEventListener("click", (event) => this.#pick(event));
    this.#wireDropping();
  }

  /** Small while there is something else to look at. */
  shrink(small) {
    this.root.classList.toggle("small", small);
  }

  #take(input) {
    this.#read(async () => ({ sources: fromInput(input.files), failures: [], handles: [] })).then(() => (input.value = ""));
  }

  #wireDropping() {
    let depth = 0;
    const over = (change) => {
      depth = change ? depth + change : 0;
      this.root.classList.toggle("over", depth > 0);
    };
    on(document, "dragenter", (event) => carriesFiles(event) && over(1));
    on(document, "dragleave", (event) => carriesFiles(event) && over(-1));
    on(document, "dragover", (event) => carriesFiles(event) && event.preventDefault());
    on(document, "drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      over(0);
      this.#read((tell) => fromDrop(event.dataTransfer, tell));
    });
  }

  /** Where the browser can: a folder that can be opened again after a reload, without choosing it anew. */
  async #pick(event) {
    const { showDirectoryPicker } = /** @type {any} */ (globalThis);
    if (!showDirectoryPicker) return;
    event.preventDefault();
    let handle;
    try {
      handle = await showDirectoryPicker({ id: "images" });
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message, { kind: "error" });
      return;
    }
    this.#read(async (tell) => ({ ...(await fromHandles([handle], tell)), handles: [handle] }));
  }

  async #read(collect) {
    const note = $("[data-reading]", this.root);
    this.root.setAttribute("aria-busy", "true");
    try {
      const found = await collect((count) => (note.textContent = interpolate(ngettext("Found %s file …", "Found %s files …", count), [number(count)])));
      if (found.sources.length || found.failures.length) await this.chosen(found);
      else toast(gettext("There are no files in there."), { kind: "error" });
    } catch (error) {
      toast(error.message, { kind: "error" });
    } finally {
      note.textContent = "";
      this.root.setAttribute("aria-busy", "false");
    }
  }
}

function carriesFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}
