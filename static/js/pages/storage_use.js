import { api } from "../api/client.js";
import { $, fill, h } from "../lib/dom.js";
import { bytes } from "../lib/format.js";
import { Failure } from "../widgets/failure.js";
import { wireForm } from "../widgets/form.js";
import { toast } from "../widgets/toast.js";

const GB = 2 ** 30;
const PARTS = [
  ["originals", gettext("Images")],
  ["arriving", gettext("Being sent")],
  ["trash", gettext("Trash")],
  ["exports", gettext("Exports")],
  ["versions", gettext("Versions")],
  ["runs", gettext("Runs and models")],
];

/** What a project's files take, of how much; administrators of the site set how much. */
export class StorageUse {
  /** @param {HTMLElement} root @param {{project: number}} options */
  constructor(root, options) {
    this.root = root;
    this.address = `/api/projects/${options.project}/storage/`;
    const form = /** @type {any} */ ($("[data-quota-form]", root));
    if (form) wireForm(form, (values) => this.#limit(values.quota));
    this.failure = new Failure(root, () => this.#load());
    this.#load();
  }

  async #load() {
    try {
      this.#draw(await api.get(this.address));
      this.failure.clear();
      this.root.removeAttribute("aria-busy");
    } catch (error) {
      this.failure.show(error);
    }
  }

  async #limit(text) {
    const quota = text === "" ? null : Math.round(Number(text) * GB);
    this.#draw(await api.put(`${this.address}quota/`, { quota }));
    toast(gettext("The quota is set."), { kind: "success" });
  }

  #draw({ use, quota, left_of_quota: left, left_on_disk: disk, own_quota: own }) {
    const whole = Math.max(quota ?? 0, use.total, 1);
    const bar = $("[data-storage-bar]", this.root);
    fill(bar, PARTS.filter(([name]) => use[name]).map(([name]) => h("span", { class: `storage-${name}`, style: { "--share": String(use[name] / whole) } })));
    const total = quota === null ? interpolate(gettext("%s used; no limit for this project"), [bytes(use.total)]) : interpolate(gettext("%s of %s used"), [bytes(use.total), bytes(quota)]);
    bar.setAttribute("aria-label", total);
    bar.classList.toggle("full", left !== null && left <= 0);
    const room = disk > 0 ? interpolate(gettext("%s free on the server"), [bytes(disk)]) : gettext("the server's disk is full");
    $("[data-storage-total]", this.root).textContent = `${total} · ${room}`;
    fill($("[data-storage-parts]", this.root), PARTS.map(([name, title]) => h("li", null, [h("span", { class: `storage-dot storage-${name}` }), title, h("span", { class: "muted" }, bytes(use[name]))])));
    const input = /** @type {any} */ ($("[name=quota]", this.root));
    if (input) input.value = own === null ? "" : String(Number((own / GB).toPrecision(6)));
  }
}
