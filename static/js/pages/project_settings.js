import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { initials } from "../lib/initials.js";
import { confirmDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";
import { toast } from "../widgets/toast.js";
import { StorageUse } from "./storage_use.js";

const fail = (error) => toast(error.message, { kind: "error" });

class SettingsPage {
  #options = JSON.parse($("#settings-options").textContent);
  #list;

  constructor(page) {
    this.#list = $("[data-members]", page);
    if (this.#options.mayManage) {
      wireForm($("[data-add-member]", page), (values) => this.#add(values));
      wireForm($("[data-project-form]", page), (values) => this.#save(values));
      on($("[data-delete]", page), "click", () => this.#delete().catch(fail));
    }
    on($("[data-leave]", page), "click", () => this.#leave().catch(fail));
    this.#load().catch(fail);
  }

  get #address() {
    return `/api/projects/${this.#options.project}/`;
  }

  async #load() {
    const { results } = await api.get(`${this.#address}members/?page_size=1000`);
    this.#list.replaceChildren(...results.map((member) => this.#row(member)));
    this.#list.removeAttribute("aria-busy");
  }

  #row(member) {
    const mine = member.id === this.#options.me;
    return h("li", { class: "person" }, [
      h("span", { class: "avatar", "aria-hidden": "true" }, initials(member.name)),
      h("div", { class: "person-name" }, [
        h("span", null, [member.name, mine && h("span", { class: "muted" }, ` ${gettext("(you)")}`)]),
        member.name !== member.username && h("span", { class: "muted small" }, member.username),
      ]),
      this.#options.mayManage ? this.#roles(member) : h("span", { class: "pill pill-plain" }, this.#options.roles[member.role]),
      this.#options.mayManage && !mine && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Remove %s"), [member.name]), on: { click: () => this.#remove(member).catch(fail) } }, icon("user-minus")),
    ]);
  }

  #roles(member) {
    const options = Object.entries(this.#options.roles).map(([value, label]) => h("option", { value, selected: value === member.role }, label));
    const select = /** @type {HTMLSelectElement} */ (h("select", { class: "select", "aria-label": interpolate(gettext("Role of %s"), [member.name]) }, options));
    on(select, "change", async () => {
      try {
        Object.assign(member, await api.patch(`${this.#address}members/${member.id}/`, { role: select.value }));
        if (member.id === this.#options.me) location.reload();
      } catch (error) {
        select.value = member.role;
        fail(error);
      }
    });
    return select;
  }

  async #add(values) {
    await api.post(`${this.#address}members/`, values);
    $("[data-add-member]").reset();
    await this.#load();
    toast(interpolate(gettext("%s is a member now."), [values.username]), { kind: "success" });
  }

  async #remove(member) {
    const title = interpolate(gettext("Remove %s from the project?"), [member.name]);
    const text = gettext("What they have labelled stays.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Remove"), danger: true }))) return;
    await api.delete(`${this.#address}members/${member.id}/`);
    await this.#load();
  }

  async #save(values) {
    const project = await api.patch(this.#address, values);
    toast(interpolate(gettext("“%s” is saved."), [project.name]), { kind: "success" });
    document.title = document.title.replace(this.#options.name, project.name);
    this.#options.name = project.name;
  }

  async #leave() {
    const title = interpolate(gettext("Leave “%s”?"), [this.#options.name]);
    const text = gettext("An owner can add you again.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Leave"), danger: true }))) return;
    await api.delete(`${this.#address}members/${this.#options.me}/`);
    location.assign("/");
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
