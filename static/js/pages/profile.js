import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, $$, h, on } from "../lib/dom.js";
import { moment, relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog, openDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { wireForm } from "../widgets/form.js";
import { showSecret } from "../widgets/secret.js";
import { toast } from "../widgets/toast.js";

const TOKENS = "/api/me/tokens/";
const DAY = 24 * 3600 * 1000;

class ProfilePage {
  #list;
  #none;
  #failure;
  #dialog;

  constructor(page) {
    this.#list = $("[data-tokens]", page);
    this.#none = $("[data-no-tokens]", page);
    this.#failure = new Failure(this.#list, () => this.#load());
    wireForm($("[data-me]", page), async (values) => {
      await api.patch("/api/me/", values);
      toast(gettext("Saved."), { kind: "success" });
    });
    const password = $("[data-password]", page);
    if (password) wireForm(password, async (values) => {
      await api.post("/api/me/password/", values);
      password.reset();
      toast(gettext("The password is changed."), { kind: "success" });
    });
    on($("[data-sign-out-everywhere]", page), "click", () => this.#signOutElsewhere());
    const disconnect = $("[data-disconnect]", page);
    if (disconnect) on(disconnect, "click", () => this.#disconnect());
    this.#dialog = $("#new-token");
    on($("[data-new-token]", page), "click", () => openDialog(this.#dialog));
    wireForm($("form", this.#dialog), (values) => this.#make(values));
    this.#load();
  }

  async #load() {
    try {
      const { results } = await api.get(TOKENS);
      this.#failure.clear();
      this.#list.replaceChildren(...results.map((token) => this.#row(token)));
      this.#list.hidden = !results.length;
      this.#none.hidden = results.length > 0;
      this.#list.removeAttribute("aria-busy");
    } catch (error) {
      this.#failure.show(error);
    }
  }

  #row(token) {
    const expired = token.expires_at && new Date(token.expires_at) <= new Date();
    return h("li", { class: "person token" }, [
      icon("key-round"),
      h("div", { class: "person-name" }, [
        h("span", { class: "token-name" }, [token.name, ...token.scopes.map((scope) => h("span", { class: "pill pill-plain" }, scope)), expired && h("span", { class: "pill pill-warning" }, gettext("Expired"))]),
        h("span", { class: "muted small token-facts" }, [h("code", null, `${token.prefix}…`), ` · ${facts(token).join(" · ")}`]),
      ]),
      h("button", { class: "btn btn-small", type: "button", "aria-label": interpolate(gettext("Revoke “%s”"), [token.name]), on: { click: () => this.#revoke(token) } }, gettext("Revoke")),
    ]);
  }

  /** @param {Record<string, any>} values */
  async #make({ name, project, days }) {
    const form = $("form", this.#dialog);
    const scopes = $$("[name=scopes]:checked", form).map((box) => box.value);
    const expires = days ? new Date(Date.now() + Number(days) * DAY).toISOString() : null;
    const made = await api.post(TOKENS, { name, scopes, project: project ? Number(project) : null, expires_at: expires });
    this.#dialog.close();
    form.reset();
    this.#load(); // the token can be shown only now: that waits for nothing
    await showSecret({
      title: gettext("The new token"),
      text: gettext("Copy it now: it is kept here only as a digest and cannot be shown again."),
      secret: made.token,
    });
  }

  async #disconnect() {
    const title = gettext("Disconnect your account?");
    const text = gettext("You then sign in with your password only. You can connect it again.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Disconnect"), danger: true }))) return;
    try {
      await api.delete("/api/me/sign-on/");
      location.reload();
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  async #signOutElsewhere() {
    const title = gettext("Sign out everywhere else?");
    const text = gettext("Every other browser and device has to sign in again. This one stays signed in.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Sign out everywhere else") }))) return;
    try {
      await api.delete("/api/me/sessions/");
      toast(gettext("You are signed in here only."), { kind: "success" });
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  async #revoke(token) {
    const title = interpolate(gettext("Revoke “%s”?"), [token.name]);
    const text = gettext("Scripts that use it are refused from now on.");
    if (!(await confirmDialog({ title, text, confirm: gettext("Revoke"), danger: true }))) return;
    try {
      await api.delete(`${TOKENS}${token.id}/`);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
    await this.#load();
  }
}

/** What there is to know of a token, as short texts. */
function facts(token) {
  const from = token.used_from ? interpolate(gettext("from %s"), [token.used_from]) : "";
  return [
    token.project_name ? interpolate(gettext("only in “%s”"), [token.project_name]) : gettext("all projects"),
    token.used_at ? `${interpolate(gettext("last used %s"), [relative(token.used_at)])} ${from}`.trim() : gettext("never used"),
    token.expires_at ? interpolate(gettext("until %s"), [moment(token.expires_at)]) : gettext("until revoked"),
    interpolate(gettext("made %s"), [relative(token.created_at)]),
  ];
}

attach("data-profile", (page) => new ProfilePage(page));
