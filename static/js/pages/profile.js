import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h } from "../lib/dom.js";
import { relative } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { confirmDialog } from "../widgets/dialog.js";
import { wireForm } from "../widgets/form.js";
import { showSecret } from "../widgets/secret.js";
import { toast } from "../widgets/toast.js";

const TOKENS = "/api/me/tokens/";

class ProfilePage {
  #list;
  #none;

  constructor(page) {
    this.#list = $("[data-tokens]", page);
    this.#none = $("[data-no-tokens]", page);
    wireForm($("[data-me]", page), async (values) => {
      await api.patch("/api/me/", values);
      toast(gettext("Saved."), { kind: "success" });
    });
    const password = $("[data-password]", page);
    wireForm(password, async (values) => {
      await api.post("/api/me/password/", values);
      password.reset();
      toast(gettext("The password is changed."), { kind: "success" });
    });
    wireForm($("[data-add-token]", page), (values) => this.#make(values));
    this.#load();
  }

  async #load() {
    try {
      const { results } = await api.get(TOKENS);
      this.#list.replaceChildren(...results.map((token) => this.#row(token)));
      this.#list.hidden = !results.length;
      this.#none.hidden = results.length > 0;
      this.#list.removeAttribute("aria-busy");
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  #row(token) {
    const used = token.used_at ? interpolate(gettext("last used %s"), [relative(token.used_at)]) : gettext("never used");
    return h("li", { class: "person" }, [
      icon("key-round"),
      h("div", { class: "person-name" }, [
        h("span", null, token.name),
        h("span", { class: "muted small" }, [h("code", null, `${token.prefix}…`), ` · ${interpolate(gettext("made %s"), [relative(token.created_at)])} · ${used}`]),
      ]),
      h("button", { class: "btn btn-small", type: "button", "aria-label": interpolate(gettext("Revoke “%s”"), [token.name]), on: { click: () => this.#revoke(token) } }, gettext("Revoke")),
    ]);
  }

  async #make(values) {
    const made = await api.post(TOKENS, values);
    $("[data-add-token]").reset();
    await this.#load();
    showSecret({
      title: gettext("The new token"),
      text: gettext("Copy it now: it is kept here only as a digest and cannot be shown again."),
      secret: made.token,
    });
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

attach("data-profile", (page) => new ProfilePage(page));
