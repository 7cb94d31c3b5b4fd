import { api } from "../api/client.js";
import { $, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { palette } from "../widgets/palette.js";
import { toast } from "../widgets/toast.js";
import { statusPill, unfinished } from "./run_status.js";

/** @typedef {{title: string, icon: string, tip?: string, href?: string, run?: () => any, primary?: boolean, danger?: boolean}} Entry */

/** The name of a run, which can be changed in place, its status, and what can be done with it. */
export class RunHeader {
  #store;
  #verbs;
  #mayTrain;
  #heading = $("[data-run-heading]");
  #actions = $("[data-run-actions]");
  #drawn = "";
  #takeBack = () => {};

  /** @param {import("./run_store.js").RunStore} store @param {import("./run_verbs.js").RunVerbs} verbs @param {boolean} mayTrain */
  constructor(store, verbs, mayTrain) {
    this.#store = store;
    this.#verbs = verbs;
    this.#mayTrain = mayTrain;
    store.observe(["run"], ({ run }) => this.#show(run));
  }

  /** Drawn again only when something of it has changed, so that an open menu and the focus stay. */
  #show(run) {
    const drawn = [run.status, run.name, run.model, run.resumable].join("\n");
    if (drawn === this.#drawn || $("form", this.#heading)) return;
    this.#drawn = drawn;
    document.title = document.title.replace(/^[^·]*/, `${run.name} `);
    this.#heading.replaceChildren(...this.#name(run));
    this.#actions.replaceChildren(...this.#buttons(run));
  }

  #name(run) {
    return [
      h("span", { class: "muted number" }, `#${run.number}`),
      h("span", { class: "run-heading-name" }, run.name),
      this.#mayTrain && h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": gettext("Rename this run"), title: gettext("Rename this run"), on: { click: () => this.#rename(run) } }, icon("pencil")),
      statusPill(run),
    ].filter(Boolean);
  }

  #rename(run) {
    const input = h("input", { class: "input", value: run.name, maxlength: 200, required: true, "aria-label": gettext("Name of the run") });
    const end = () => {
      this.#drawn = "";
      form.remove();
      this.#show(this.#store.run);
      $("button", this.#heading)?.focus();
    };
    const save = async (event) => {
      event.preventDefault();
      const name = input.value.trim();
      if (!name) return;
      try {
        this.#store.replace(await api.patch(`/api/runs/${run.id}/`, { name }));
      } catch (error) {
        toast(error.message, { kind: "error" });
        return;
      }
      end();
    };
    const form = h("form", { class: "row run-rename", on: { submit: save, keydown: (event) => event.key === "Escape" && end() } }, [
      input,
      h("button", { class: "btn btn-primary btn-small", type: "submit" }, gettext("Save")),
      h("button", { class: "btn btn-small", type: "button", on: { click: end } }, gettext("Cancel")),
    ]);
    this.#heading.replaceChildren(form);
    input.select();
  }

  #buttons(run) {
    const { shown, more } = this.#entries(run);
    this.#takeBack();
    this.#takeBack = palette.add([...shown, ...more].map(({ title, icon: picture, href, run: act }) => ({ title, icon: picture, href, run: act })));
    const menu = h("div", { class: "menu", id: "run-menu", popover: "auto" }, more.map((entry) => this.#control(entry, entry.danger ? "danger" : "")));
    const buttons = shown.map((entry) => this.#control(entry, entry.primary ? "btn btn-primary" : "btn"));
    if (!more.length) return buttons;
    return [
      ...buttons,
      h("button", { class: "btn btn-icon", type: "button", popovertarget: "run-menu", "aria-haspopup": "true", "aria-expanded": "false", "aria-label": gettext("More"), title: gettext("More") }, icon("ellipsis")),
      menu,
    ];
  }

  /** @param {Entry} entry @param {string} kind */
  #control({ title, icon: picture, href, run: act, tip }, kind) {
    if (href) return h("a", { class: kind, href, title: tip }, [icon(picture), title]);
    return h("button", { class: kind, type: "button", title: tip, on: { click: act } }, [icon(picture), title]);
  }

  /** What can be done, most likely first. @returns {{shown: Entry[], more: Entry[]}} */
  #entries(run) {
    /** @type {Entry[]} */
    const shown = [];
    /** @type {Entry[]} */
    const more = [];
    const change = this.#mayTrain;
    if (unfinished(run)) {
      if (change && (["preparing", "running"].includes(run.status) || run.checkpoint)) shown.push({ title: gettext("Stop"), tip: gettext("End early and keep the best weights so far"), icon: "circle-stop", run: () => this.#verbs.stop() });
      if (change) shown.push({ title: gettext("Cancel run…"), tip: gettext("End at once and keep nothing"), icon: "x", run: () => this.#verbs.cancel() });
    }
    if (run.model) {
      shown.push({ title: gettext("Metrics"), primary: true, icon: "chart-no-axes-combined", href: `/runs/${run.id}/metrics/` });
      if (change) shown.push({ title: gettext("Auto-label with this"), icon: "sparkles", href: `/models/${run.model}/#auto-label` });
      shown.push({ title: gettext("Download"), icon: "download", href: `/models/${run.model}/` });
      if (change) more.push({ title: gettext("Fine-tune from this"), icon: "git-branch", href: `/projects/${run.project}/runs/new/?from_model=${run.model}` });
    }
    if (run.tensorboard) more.push({ title: gettext("Event files for TensorBoard"), icon: "file-chart-line", href: run.tensorboard });
    if (change && run.resumable) {
      const resume = { title: gettext("Resume"), tip: gettext("Go on from the last checkpoint"), icon: "play", run: () => this.#verbs.resume() };
      if (run.model) more.push(resume);
      else shown.push({ ...resume, primary: true });
    }
    if (change) {
      more.push({ title: gettext("Train again…"), icon: "repeat", href: `/projects/${run.project}/runs/new/?from_run=${run.id}` });
      more.push({ title: gettext("Delete run…"), icon: "trash-2", danger: true, run: () => this.#verbs.remove() });
    }
    return { shown, more };
  }
}
