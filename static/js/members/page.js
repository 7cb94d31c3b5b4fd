import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { redraw } from "../lib/redraw.js";
import { confirmDialog, openDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { wireForm } from "../widgets/form.js";
import { toast } from "../widgets/toast.js";
import { InvitationList } from "./invitations.js";
import { formerRow, memberRow } from "./rows.js";

const fail = (error) => toast(error.message, { kind: "error" });

class MembersPage {
  #options = JSON.parse($("#members-options").textContent);
  #page;
  #members = [];
  #failure;

  constructor(page) {
    this.#page = page;
    on($("[data-leave]"), "click", () => this.#leave().catch(fail));
    if (this.#options.mayManage) {
      const dialog = $("#add-member");
      on($("[data-add]"), "click", () => openDialog(dialog));
      wireForm($("form", dialog), (values) => this.#add(dialog, values));
      new InvitationList($("[data-invitations]", page), this.#options.roles).wireDialog($("[data-invite]"), $("#invite"));
    }
    this.#failure = new Failure($(".table-scroll", page), () => this.#load().catch(fail));
    this.#load().catch(fail);
  }

  get #address() {
    return `/api/projects/${this.#options.project}/members/`;
  }

  /** The people at once; what they have done takes longer to count and comes after. */
  async #load() {
    try {
      this.#members = (await api.get(`${this.#address}?page_size=1000`)).results;
    } catch (error) {
      return this.#failure.show(error);
    }
    this.#failure.clear();
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
    const verbs = this.#options.mayManage && { become: (id, role) => this.#become(this.#member(id), role), remove: (id) => this.#remove(this.#member(id)).catch(fail) };
    redraw(list, this.#members.map((member) => memberRow(member, this.#options, verbs)));
    list.removeAttribute("aria-busy");
  }

  #member(id) {
    return this.#members.find((member) => member.id === id);
  }

  async #become(member, role) {
    const mine = member.id === this.#options.me;
    if (mine && !(await this.#sureToStepDown(role))) return;
    try {
      Object.assign(member, await api.patch(`${this.#address}${member.id}/`, { role }));
      if (mine) location.reload();
      else toast(interpolate(gettext("%s is %s now."), [member.name, this.#options.roles[role]]), { kind: "success" });
    } catch (error) {
      fail(error);
    }
    this.#show();
  }

  #sureToStepDown(role) {
    return confirmDialog({
      title: interpolate(gettext("Stop owning “%s”?"), [this.#options.name]),
      text: interpolate(gettext("You become %s and cannot manage the project any more. Only another owner can change that."), [this.#options.roles[role]]),
      confirm: gettext("Stop owning it"),
      danger: true,
    });
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
