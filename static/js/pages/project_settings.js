import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { confirmDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";
import { toast } from "../widgets/toast.js";
import { StorageUse } from "./storage_use.js";

class SettingsPage {
  #options = JSON.parse($("#settings-options").textContent);

  constructor(page) {
    if (!this.#options.mayManage) return;
    wireForm($("[data-project-form]", page), (values) => this.#save(values));
    on($("[data-delete]", page), "click", () => this.#delete().catch((error) => toast(error.message, { kind: "error" })));
  }

  get #address() {
    return `/api/projects/${this.#options.project}/`;
  }

  async #save(values) {
    const project = await api.patch(this.#address, values);
    toast(interpolate(gettext("“%s” is saved."), [project.name]), { kind: "success" });
    document.title = document.title.replace(this.#options.name, project.name);
    this.#options.name = project.name;
  }

  async #delete() {
    const { name } = this.#options;
    const title = interpolate(gettext("Delete “%s”?"), [name]);
    const text = interpolate(ngettext("What runs in it is cancelled and nobody can open it. An owner can restore it from the trash for %s day.", "What runs in it is cancelled and nobody can open it. An owner can restore it from the trash for %s days.", this.#options.days), [this.#options.days]);
    if (!(await confirmDialog({ title, text, confirm: gettext("Delete the project"), danger: true, type: name }))) return;
    await api.delete(this.#address);
    location.assign("/");
  }
}

attach("data-storage", (part) => new StorageUse(part, JSON.parse($("#settings-options").textContent)));
attach("data-project-settings", (page) => new SettingsPage(page));
