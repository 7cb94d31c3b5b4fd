import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { confirmDialog, openDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";
import { toast } from "../widgets/toast.js";
import { InvitationList } from "./invitations.js";
import { formerRow, memberRow } from "./rows.js";

const fail = (error) => toast(error.message, { kind: "error" });

class MembersPage {
  #options = JSON.parse($("#members-options").textContent);
  #page;
  #members = [];

  constructor(page) {
    this.#page = page;
    on($("[data-leave]"), "click", () => this.#leave().catch(fail));
    if (this.#options.mayManage) {
      const dialog = $("#add-member");
      on($("[data-add]"), "click", () => openDialog(dialog));
      wireForm($("form", dialog), (values) => this.#add(dialog, values));
      new InvitationList($("[data-invitations]", page), this.#options.roles).wireDialog($("[data-invite]"), $("#invite"));
    }
    this.#load().catch(fail);
  }

  get #address() {
    return `/api/projects/${this.#options.project}/members/`;
  }

  /** The people at once; what they have done takes longer to count and comes after. */
  async #load() {
    this.#members = (await api.get(`${this.#address}?page_size=1000`)).results;
    this.#show();
    const { results } = await api.get(`${this.#address}contributions/`);
    const work = new Map(results.map((each) => [each.id, each]));
    for (const member of this.#members) Object.assign(member, { work: work.get(member.id) });
    this.#show();
    const gone = results.filter((each) => !each.is_member);
    $("[data-gone]", this.#page).hidden = !gone.length;
    $("[data-gone-list]", this.#page).replaceChildren(...gone.map(formerRow));
  }

  #show() {
    const list = $("[data-list]", this.#page);
    const verbs = this.#options.mayManage && { become: (member, role) => this.#become(member, role), remove: (member) => this.#remove(member).catch(fail) };
    list.replaceChildren(...this.#members.map((member) => memberRow(member, this.#options, verbs)));
    list.removeAttribute("aria-busy");
  }

  async #become(member, role) {
    try {
      Object.assign(member, await api.patch(`${this.#address}${member.id}/`, { role }));
      if (member.id === this.#options.me) location.reload();
      else toast(interpolate(gettext("%s is %s now."), [member.name, this.#options.roles[role]]), { kind: "success" });
    } catch (error) {
      fail(error);
    }
    this.#show();
  }

  async #add(dialog, values) {
    const member = await api.post(this.#address, values);
    dialog.close();
    $("form", dialog).reset();
    toast(interpolate(gettext("%s is a member now."), [member.name]), { kind: "success" });
    await this.#load();
  }

  async #remove(member) {
    const title = interpolate(gettext("Remove %s from the project?"), [member.name]);
    const text = gettext("What they have labelled stays, with their name on it. Invitations that they made stop working.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Remove"), danger: true }))) return;
    await api.delete(`${this.#address}${member.id}/`);
    await this.#load();
  }

  async #leave() {
    const title = interpolate(gettext("Leave “%s”?"), [this.#options.name]);
    const text = gettext("You will not find the project any more. What you have labelled stays, with your name on it. Only an owner can let you in again.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Leave the project"), danger: true }))) return;
    await api.delete(`${this.#address}${this.#options.me}/`);
    location.assign("/");
  }
}

attach("data-members", (page) => new MembersPage(page));
