import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";
import { moment } from "../lib/format.js";
import { copyText } from "../widgets/copy.js";
import { ago } from "./run_status.js";

const SHORT = 12;

/** Where a run comes from and what came of it: version, person, worker, model. */
export class RunLineage {
  #list;
  #drawn = "";

  /** @param {HTMLElement} list a <dl> @param {import("./run_store.js").RunStore} store */
  constructor(list, store) {
    this.#list = list;
    store.observe(["run"], ({ run }) => this.#show(run));
  }

  #show(run) {
    const drawn = [run.worker, run.model, run.started_at, run.finished_at, run.deaths].join("\n");
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const facts = [
      [gettext("Version"), [h("a", { href: `/versions/${run.version.id}/` }, `v${run.version.number}`), hash(run.version.hash)]],
      [gettext("Preset"), run.preset],
      [gettext("By"), [run.created_by, " · ", ago(run.created_at)]],
      [gettext("Started"), run.started_at && moment(run.started_at)],
      [gettext("Ended"), run.finished_at && moment(run.finished_at)],
      [gettext("Worker"), run.worker],
      [gettext("Restarts"), run.deaths ? String(run.deaths) : null],
      [gettext("Model"), run.model ? h("a", { href: `/models/${run.model}/` }, run.name) : gettext("none yet")],
    ];
    this.#list.replaceChildren(...facts.filter(([, content]) => content).flatMap(([title, content]) => [h("dt", null, title), h("dd", { class: "run-fact" }, content)]));
  }
}

function hash(text) {
  const copy = () => copyText(text, { done: gettext("The hash was copied.") });
  return [
    h("code", { class: "muted", title: text }, text.slice(0, SHORT)),
    h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", "aria-label": gettext("Copy the hash"), title: gettext("Copy the hash"), on: { click: copy } }, icon("copy")),
  ];
}
