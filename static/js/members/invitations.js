import { api } from "../api/client.js";
import { $, h, on } from "../lib/dom.js";
import { moment } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog, openDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { wireForm } from "../widgets/form.js";
import { More } from "../widgets/more.js";
import { showSecret } from "../widgets/secret.js";
import { toast } from "../widgets/toast.js";

const fail = (error) => toast(error.message, { kind: "error" });

/** Invitations to a project, or to the site: open ones, and below them those that do not work any more. */
export class InvitationList {
  #part;
  #address;
  #roles;
  #more;
  #failure;

  /** @param {any} part the element with `data-invitations` @param {Record<string, string>} [roles] their names */
  constructor(part, roles = {}) {
    this.#part = part;
    this.#address = part.dataset.invitations;
    this.#roles = roles;
    this.#more = new More($("[data-more] button", part), (page) => this.#append(page));
    this.#failure = new Failure($("[data-open]", part), () => this.#load());
    this.#load();
  }

  /** @param {any} button opens the dialog @param {any} dialog whose form makes an invitation */
  wireDialog(button, dialog) {
    const form = $("form", dialog);
    on(button, "click", () => openDialog(dialog));
    wireForm(form, async (values) => {
      const made = await api.post(this.#address, { ...values, days: Number(values.days), max_uses: Number(values.max_uses) });
      dialog.close();
      form.reset();
      this.#load();
      await showLink(made, made.link);
    });
  }

  async #load() {
    try {
      const page = await api.get(this.#address);
      this.#failure.clear();
      for (const list of ["[data-open]", "[data-closed-list]"]) $(list, this.#part).replaceChildren();
      this.#append(page);
      this.#more.begin(page.next);
    } catch (error) {
      this.#failure.show(error);
    }
  }

  #append({ results, next }) {
    const open = $("[data-open]", this.#part);
    const closed = $("[data-closed-list]", this.#part);
    for (const invitation of results) (invitation.state === "open" ? open : closed).append(this.#row(invitation));
    open.removeAttribute("aria-busy");
    open.hidden = !open.childElementCount;
    $("[data-none]", this.#part).hidden = Boolean(open.childElementCount || next); // further ones may be open
    $("[data-closed]", this.#part).hidden = !closed.childElementCount;
  }

  #row(invitation) {
    const open = invitation.state === "open";
    return h("li", { class: open ? "person invitation" : "person person-off invitation" }, [
      icon("link"),
      h("div", { class: "person-name" }, [
        h("span", { class: "invitation-title" }, [invitation.note || gettext("For whoever has the link"), invitation.role && h("span", { class: "pill pill-plain" }, this.#roles[invitation.role])]),
        h("span", { class: "muted small" }, facts(invitation).join(" · ")),
      ]),
      !open && h("span", { class: "pill pill-plain" }, STATES()[invitation.state]),
      open && h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#renew(invitation).catch(fail) } }, [icon("refresh-cw"), gettext("New link")]),
      open && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", title: gettext("Withdraw"), "aria-label": interpolate(gettext("Withdraw the invitation “%s”"), [invitation.note || invitation.id]), on: { click: () => this.#withdraw(invitation).catch(fail) } }, icon("x")),
    ]);
  }

  async #renew(invitation) {
    const title = gettext("Make another link?");
    const text = gettext("The link that was made before stops working.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Make another link") }))) return;
    await showLink(invitation, (await api.post(`/api/invitations/${invitation.id}/link/`)).link);
  }

  async #withdraw(invitation) {
    const title = gettext("Withdraw this invitation?");
    const text = gettext("Its link stops working. Whoever has come by it stays.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Withdraw"), danger: true }))) return;
    await api.delete(`/api/invitations/${invitation.id}/`);
    await this.#load();
  }
}

const STATES = () => ({ used_up: gettext("Used up"), expired: gettext("Expired"), revoked: gettext("Withdrawn") });

function facts(invitation) {
  const people = invitation.people.length ? interpolate(gettext("used by %s"), [invitation.people.join(", ")]) : gettext("not used yet");
  const of = invitation.max_uses > 1 && interpolate(gettext("%s of %s"), [invitation.uses, invitation.max_uses]);
  return [
    interpolate(gettext("made by %s"), [invitation.created_by]),
    interpolate(gettext("until %s"), [moment(invitation.expires_at)]),
    of ? `${people} (${of})` : people,
  ];
}

function showLink(invitation, link) {
  return showSecret({
    title: gettext("The link"),
    text: interpolate(gettext("Pass it on now: it is kept here only as a digest and cannot be shown again. It works until %s."), [moment(invitation.expires_at)]),
    secret: link,
    mail: mailFor(invitation.note, link),
  });
}

/** An e-mail to write in the person's own program; nothing where the note is no address. */
function mailFor(note, link) {
  if (!/^\S+@\S+\.\S+$/.test(note ?? "")) return "";
  const subject = encodeURIComponent(gettext("Your invitation to LabelApp"));
  return `mailto:${encodeURIComponent(note)}?subject=${subject}&body=${encodeURIComponent(link)}`;
}
