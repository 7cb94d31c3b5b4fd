import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { initials } from "../lib/initials.js";
import { InvitationList } from "../members/invitations.js";
import { confirmDialog, openDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { wireForm } from "../widgets/form.js";
import { More } from "../widgets/more.js";
import { showSecret } from "../widgets/secret.js";
import { toast } from "../widgets/toast.js";

const PEOPLE = "/api/people/";

class PeoplePage {
  #list;
  #more;
  #me;
  #failure;

  constructor(page) {
    this.#list = $("[data-list]", page);
    this.#more = new More($("[data-more]", page), ({ results }) => this.#append(results));
    this.#failure = new Failure(this.#list, () => this.#load());
    this.#me = Number(page.dataset.me);
    const dialog = $("#new-person");
    const form = $("form", dialog);
    on($("[data-new-person]"), "click", () => openDialog(dialog));
    wireForm(form, async (values) => {
      const person = await api.post(PEOPLE, values);
      dialog.close();
      form.reset();
      this.#list.prepend(this.#row(person));
      this.#showPassword(person, person.password);
    });
    new InvitationList($("[data-invitations]")).wireDialog($("[data-invite]"), $("#invite"));
    this.#load();
  }

  async #load() {
    try {
      const page = await api.get(PEOPLE);
      this.#failure.clear();
      this.#list.replaceChildren();
      this.#list.removeAttribute("aria-busy");
      this.#append(page.results);
      this.#more.begin(page.next);
    } catch (error) {
      this.#failure.show(error);
    }
  }

  /** Without those who have been made on this page and stand at its top. */
  #append(people) {
    this.#list.append(...people.filter((person) => !document.getElementById(`person-${person.id}`)).map((person) => this.#row(person)));
  }

  #row(person) {
    const name = person.name || person.username;
    const seen = person.last_login ? interpolate(gettext("signed in %s"), [relative(person.last_login)]) : gettext("never signed in");
    const menu = `person-${person.id}`;
    const row = h("li", { class: person.is_active ? "person" : "person person-off" }, [
      h("span", { class: "avatar", "aria-hidden": "true" }, initials(name)),
      h("div", { class: "person-name" }, [
        h("span", null, [name, person.id === this.#me && h("span", { class: "muted" }, ` ${gettext("(you)")}`)]),
        h("span", { class: "muted small" }, [name === person.username ? "" : `${person.username} · `, person.email && `${person.email} · `, seen]),
      ]),
      person.is_admin && h("span", { class: "pill pill-plain pill-info" }, gettext("Site admin")),
      !person.is_active && h("span", { class: "pill pill-plain pill-warning" }, gettext("Deactivated")),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", popovertarget: menu, "aria-haspopup": "true", "aria-expanded": "false", "aria-label": interpolate(gettext("Change %s"), [name]) }, icon("ellipsis")),
      h("div", { class: "menu", id: menu, popover: "auto" }, this.#verbs(person, name).map(([symbol, label, run, danger]) =>
        h("button", { type: "button", class: danger && "danger", on: { click: () => run().catch((error) => toast(error.message, { kind: "error" })) } }, [icon(symbol), label]),
      )),
    ]);
    person.row = row;
    return row;
  }

  /** @returns {[string, string, () => Promise<void>, boolean?][]} */
  #verbs(person, name) {
    const replace = (changed) => person.row.replaceWith(this.#row(changed));
    const change = async (fields) => replace(await api.patch(`${PEOPLE}${person.id}/`, fields));
    return [
      person.is_admin
        ? ["shield-off", gettext("Make an ordinary person"), () => change({ is_admin: false })]
        : ["shield", gettext("Make a site admin"), () => change({ is_admin: true })],
      ["key-round", gettext("Give a new password"), () => this.#resetPassword(person, name)],
      person.is_active
        ? ["user-x", gettext("Deactivate"), () => this.#deactivate(person, name), true]
        : ["user-check", gettext("Reactivate"), async () => replace(await api.delete(`${PEOPLE}${person.id}/deactivation/`))],
    ];
  }

  async #deactivate(person, name) {
    const title = interpolate(gettext("Deactivate %s?"), [name]);
    const text = gettext("They are signed out everywhere, and their tokens and open invitations end. Their name stays on their work, and you can reactivate them.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Deactivate"), danger: true }))) return;
    const put = async (body) => person.row.replaceWith(this.#row(await api.put(`${PEOPLE}${person.id}/deactivation/`, body)));
    try {
      await put({});
    } catch (error) {
      if (!error.body?.projects) throw error;
      handOver(error.message, put);
    }
  }

  async #resetPassword(person, name) {
    const title = interpolate(gettext("Give %s a new password?"), [name]);
    const text = gettext("The old one stops working, and they are signed out everywhere.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Give a new password"), danger: true }))) return;
    await this.#showPassword(person, (await api.post(`${PEOPLE}${person.id}/password/`)).password);
  }

  #showPassword(person, secret) {
    return showSecret({
      title: interpolate(gettext("Password of %s"), [person.username]),
      text: gettext("Pass it on now: it cannot be shown again. They can change it on their profile page."),
      secret,
    });
  }
}

/** Ask who shall own the projects that would be left without an owner. */
function handOver(reason, put) {
  const dialog = $("#hand-over");
  const form = $("form", dialog).cloneNode(true); // without the listeners of the time before
  $("form", dialog).replaceWith(form);
  form.reset();
  $("[data-reason]", form).textContent = reason;
  wireForm(form, async (values) => {
    await put(values);
    dialog.close();
  });
  openDialog(dialog);
}

attach("data-people", (page) => new PeoplePage(page));
