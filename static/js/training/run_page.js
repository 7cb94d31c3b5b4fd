import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $ } from "../lib/dom.js";
import { toast } from "../widgets/toast.js";
import { RunCharts } from "./run_charts.js";
import { RunHeader } from "./run_header.js";
import { RunLineage } from "./run_lineage.js";
import { linesOf, RunLog } from "./run_log.js";
import { RunNotices } from "./run_notices.js";
import { RunProgress } from "./run_progress.js";
import { RunQueue } from "./run_queue.js";
import { RunResult } from "./run_result.js";
import { RunSamples } from "./run_samples.js";
import { RunSettings } from "./run_settings.js";
import { RunStatistics } from "./run_statistics.js";
import { RunStore } from "./run_store.js";
import { RunStream } from "./run_stream.js";
import { RunUsage } from "./run_usage.js";
import { RunVerbs } from "./run_verbs.js";

const FRAME_MS = 100;

/** One run, live: the store takes its events, and every part of the page observes the store. */
class RunPage {
  #element;
  #url;
  #store;
  #stream;

  constructor(element) {
    this.#element = element;
    this.#url = element.dataset.run;
    this.#open();
  }

  async #open() {
    let run;
    try {
      run = await api.get(this.#url);
    } catch (error) {
      toast(error.message, { kind: "error", action: { label: gettext("Try again"), run: () => this.#open() } });
      return;
    }
    this.#build(run);
  }

  #build(run) {
    const element = this.#element;
    const part = (name) => $(`[data-${name}]`, element);
    const mayTrain = "mayTrain" in element.dataset;
    const store = (this.#store = new RunStore(run, (flush) => setTimeout(flush, FRAME_MS)));
    const verbs = new RunVerbs(store, element.dataset.list, () => this.#stream.open());
    part("loading").remove();
    part("run-body").hidden = false;
    new RunHeader(store, verbs, mayTrain);
    new RunNotices(part("notices"), store, verbs, mayTrain);
    new RunQueue(part("queue"), store);
    new RunProgress(part("progress"), store);
    new RunResult(part("result"), store);
    const classes = new Map(JSON.parse($("#run-classes").textContent).map((each) => [each.id, each]));
    new RunSamples(part("samples"), store, classes);
    const charts = part("chart-area");
    new RunCharts(charts, store);
    new RunUsage($("[data-charts]", charts), store);
    new RunStatistics(part("statistics"), store);
    new RunLog(part("log"), store);
    new RunLineage(part("lineage"), store);
    new RunSettings(part("settings"), run.spec, run.version.id);
    this.#stream = new RunStream(`${this.#url}events/`, store, () => this.#ended(verbs));
  }

  async #ended(verbs) {
    await verbs.refresh();
    if (!this.#store.log.length) await this.#readLog(); // events are kept for a day, the log for good
  }

  async #readLog() {
    const answer = await fetch(`${this.#url}log/`, { credentials: "same-origin" });
    if (answer.ok) this.#store.readLog(linesOf(await answer.text()));
  }
}

attach("data-run", (element) => new RunPage(element));
