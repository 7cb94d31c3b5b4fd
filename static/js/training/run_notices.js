import { h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

/** What has to be said about a run above everything else: a lost connection, and why it failed. */
export class RunNotices {
  #verbs;
  #mayTrain;
  #connection = h("div", { role: "status" });
  #failure = h("div");
  #drawn = "";

  /** @param {HTMLElement} element @param {import("./run_store.js").RunStore} store @param {import("./run_verbs.js").RunVerbs} verbs @param {boolean} mayTrain */
  constructor(element, store, verbs, mayTrain) {
    this.#verbs = verbs;
    this.#mayTrain = mayTrain;
    element.append(this.#connection, this.#failure);
    store.observe(["connection"], ({ connection }) => this.#showConnection(connection));
    store.observe(["run"], ({ run }) => this.#showFailure(run));
  }

  #showConnection(connection) {
    const lost = connection === "lost" && h("p", { class: "notice notice-warning" }, [
      icon("wifi-off"),
      gettext("The connection was lost; reconnecting… The run itself goes on."),
    ]);
    this.#connection.replaceChildren(...(lost ? [lost] : []));
  }

  #showFailure(run) {
    const drawn = run.status + JSON.stringify(run.error) + run.resumable;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const { message, hint, code } = run.error ?? {};
    this.#failure.replaceChildren(...(run.status === "failed" ? [this.#panel(run, message, hint, code)] : []));
  }

  #panel(run, message, hint, code) {
    return h("section", { class: "notice notice-error run-error", role: "alert" }, [
      icon("circle-alert"),
      h("div", { class: "stack stack-tight" }, [
        h("h2", null, message || gettext("The run failed.")),
        hint && h("p", null, hint),
        h("p", { class: "row" }, [
          this.#mayTrain && run.resumable && h("button", { class: "btn btn-small", type: "button", on: { click: () => this.#verbs.resume() } }, [icon("play"), resumeText(run)]),
          this.#mayTrain && h("a", { class: "btn btn-small", href: `/projects/${run.project}/runs/new/?from_run=${run.id}` }, [icon("repeat"), gettext("Train again with these settings")]),
          code && h("code", { class: "run-error-code" }, code),
        ]),
      ]),
    ]);
  }
}

function resumeText({ checkpoint }) {
  return checkpoint ? interpolate(gettext("Resume after epoch %s"), [checkpoint]) : gettext("Resume");
}
