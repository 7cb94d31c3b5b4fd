import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, h } from "../lib/dom.js";
import { moment, number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { daysLeft } from "../lib/trash_days.js";
import { leaveFor, once } from "../widgets/busy.js";
import { confirmDialog } from "../widgets/dialog.js";
import { Failure } from "../widgets/failure.js";
import { More } from "../widgets/more.js";
import { toast } from "../widgets/toast.js";

const SOON = 3; // days

/** Deleted projects: restore them, or delete them for good. */
class ProjectTrash {
  #list;
  #none;
  #more;
  #failure;

  constructor(page) {
    this.#list = $("[data-list]", page);
    this.#none = $("[data-none]", page);
    this.#more = new More($("[data-more]", page), ({ results }) => this.#append(results));
    this.#failure = new Failure(this.#list, () => this.#load());
    this.#load();
  }

  async #load() {
    try {
      const page = await api.get("/api/projects/trash/");
      this.#failure.clear();
      this.#list.replaceChildren();
      this.#list.removeAttribute("aria-busy");
      this.#append(page.results);
      this.#more.begin(page.next);
    } catch (error) {
      this.#failure.show(error);
    }
  }

  #append(projects) {
    this.#list.append(...projects.map((project) => this.#row(project)));
    this.#drawEmpty();
  }

  #row(project) {
    const row = h("li", { class: "trash-row" }, [
      h("div", { class: "trash-what" }, [
        h("strong", { title: project.name }, project.name),
        h("span", { class: "muted small number" }, [
          interpolate(ngettext("%s image", "%s images", project.images), [number(project.images)]), " · ",
          interpolate(gettext("deleted %s by %s"), [moment(project.trashed_at), project.trashed_by]),
        ]),
      ]),
      h("span", { class: `pill ${project.days_left <= SOON ? "pill-failed" : "pill-plain"}` }, daysLeft(project.days_left)),
      h("div", { class: "row" }, [
        h("button", { class: "btn btn-small", type: "button", on: { click: ({ currentTarget: button }) => once(button, () => this.#restore(project)) } }, [icon("undo-2"), gettext("Restore")]),
        h("button", { class: "btn btn-small btn-danger", type: "button", on: { click: () => this.#destroy(project, row) } }, [icon("trash-2"), gettext("Delete for good")]),
      ]),
    ]);
    return row;
  }

  async #restore(project) {
    try {
      await api.post(`/api/projects/trash/${project.id}/restore/`);
      await leaveFor(`/projects/${project.id}/`);
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  async #destroy(project, row) {
    const sure = await confirmDialog({
      title: interpolate(gettext("Delete “%s” for good?"), [project.name]),
      text: gettext("Its images, labels, versions, runs and models go now. This cannot be undone."),
      confirm: gettext("Delete for good"),
      danger: true,
      type: project.name,
    });
    if (!sure) return;
    try {
      await api.delete(`/api/projects/trash/${project.id}/`);
      row.remove();
      this.#drawEmpty();
      toast(interpolate(gettext("“%s” is being deleted."), [project.name]), { kind: "success" });
    } catch (error) {
      toast(error.message, { kind: "error" });
    }
  }

  #drawEmpty() {
    const empty = !this.#list.childElementCount;
    this.#list.hidden = empty;
    this.#none.hidden = !empty;
  }
}

attach("data-project-trash", (page) => new ProjectTrash(page));
