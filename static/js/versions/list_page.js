import { api } from "../api/client.js";
import { act, JobList } from "../jobs/job_list.js";
import { byWhom, progressBar, statusPill } from "../jobs/status.js";
import { attach } from "../lib/attach.js";
import { $, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { palette } from "../widgets/palette.js";
import { FreezeDialog } from "./freeze_dialog.js";
import { splitBar, sum } from "./parts.js";

/** The project's versions, newest first. */
class Versions {
  #element;
  #list;

  constructor(element) {
    this.#element = element;
    this.#list = new JobList(element, element.dataset.versions, (versions) => versions.map((version) => this.#row(version)));
  }

  refresh() {
    this.#list.refresh();
  }

  #row(version) {
    const { page } = this.#element.dataset;
    const done = version.status === "completed";
    return h("li", { class: "version card", "data-row": version.id }, [
      h("a", { class: "version-number", href: page.replace("/0/", `/${version.id}/`), "data-key": `open-${version.id}` }, `v${version.number}`),
      h("div", { class: "version-about" }, [
        h("div", { class: "row" }, [
          version.note && h("strong", { class: "version-note" }, version.note),
          !done && statusPill(version),
        ]),
        byWhom(version),
        version.error && h("p", { class: "field-error" }, version.error),
        progressBar(version, `v${version.number}`),
      ]),
      done && h("div", { class: "version-counts" }, [splitBar(version.counts), h("span", { class: "hint" }, this.#counts(version))]),
      h("div", { class: "row job-actions" }, "mayFreeze" in this.#element.dataset && this.#actions(version)),
    ]);
  }

  #counts({ counts }) {
    const images = interpolate(ngettext("%s image", "%s images", sum(counts)), [number(sum(counts))]);
    const classes = Object.keys(counts.classes).length;
    return `${images} · ${interpolate(ngettext("%s class", "%s classes", classes), [number(classes)])}`;
  }

  #actions(version) {
    const post = (verb) => act(this.#list, () => api.post(`/api/versions/${version.id}/${verb}/`));
    const button = (verb, label) => h("button", { class: "btn btn-small", type: "button", "data-key": `${verb}-${version.id}`, on: { click: () => post(verb) } }, label);
    if (version.status === "completed") {
      return h("a", { class: "btn btn-small", href: this.#element.dataset.train + version.id, "data-key": `train-${version.id}` }, [icon("play"), gettext("Train")]);
    }
    if (version.status === "queued" || version.status === "running") return button("cancel", gettext("Cancel"));
    return [
      button("retry", gettext("Try again")),
      h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": interpolate(gettext("Delete %s"), [`v${version.number}`]), "data-key": `delete-${version.id}`, on: { click: () => act(this.#list, () => api.delete(`/api/versions/${version.id}/`)) } }, icon("trash-2")),
    ];
  }
}

attach("data-versions", (element) => {
  const versions = new Versions(element);
  const form = $("[data-freeze-dialog]");
  if (!form) return;
  const dialog = new FreezeDialog(form, () => versions.refresh());
  on(document, "click", "[data-freeze]", () => dialog.open());
  palette.add([{ title: gettext("Freeze version…"), run: () => dialog.open() }]);
  if (location.hash === "#freeze") dialog.open();
});
