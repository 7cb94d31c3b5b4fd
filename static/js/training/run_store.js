import { thin } from "../charts/smoothing.js";

const ENDED = new Set(["completed", "stopped", "cancelled", "failed"]);
const MOST_STEPS = 2000;
const MOST_USAGE = 800;
const MOST_LINES = 2000;
const RECENT_EPOCHS = 5;

/** Whether a run, or a status of it, is an ending. @param {{status: string}} run */
export const hasEnded = (run) => ENDED.has(run.status);

/**
 * Where a run stands: events in, state out. Knows no page; observers are told which parts have changed.
 *
 * Parts: "run" (status, message, name ...), "epochs", "samples", "steps", "usage", "log", "connection".
 */
export class RunStore {
  #epochs = new Map();
  #observers = [];
  #changed = new Set();
  #schedule;
  #lastId = "";

  /** The run as the API gives it; events keep it up to date. */
  run;
  /** What is being done beside training: "preparing", "evaluating", "saving"; and how far, 0 to 1 or null. */
  stage = { name: "", progress: null };
  /** The last epoch whose sample images can be asked for; 0 before the first. */
  samples = 0;
  steps = [];
  usage = [];
  log = [];
  /** "connecting", "live", "lost" or "closed" */
  connection = "connecting";

  /**
   * @param {any} run
   * @param {(flush: () => void) => void} schedule when observers are told; a burst of events is told once
   */
  constructor(run, schedule = queueMicrotask) {
    this.#schedule = schedule;
    this.replace(run);
  }

  /** @param {string[]} parts @param {(store: RunStore) => void} listener called at once, and whenever one of them changed */
  observe(parts, listener) {
    this.#observers.push({ parts, listener });
    listener(this);
  }

  /** Take what the API says of the run now. */
  replace(run) {
    this.run = run;
    this.samples = run.epoch;
    for (const row of run.history) this.#epochs.set(row.epoch, row);
    this.#tell("run", "epochs", "samples");
  }

  /** @param {typeof this.connection} state */
  connect(state) {
    if (state === this.connection) return;
    this.connection = state;
    this.#tell("connection");
  }

  /**
   * @param {string} name of the event
   * @param {any} data
   * @param {string} id of the stream; what was there before is not taken twice
   */
  receive(name, data, id = "") {
    if (id && !later(id, this.#lastId)) return;
    if (id) this.#lastId = id;
    if (name === "status") this.#takeStatus(data);
    else if (name === "epoch") this.#takeEpoch(data);
    else if (name === "samples") this.#takeSamples(data);
    else if (name === "step") this.#takeStep(data);
    else if (name === "usage") this.#takeUsage(data);
    else if (name === "log") this.#takeLines([data]);
  }

  /** Lines of a log that was read whole, in place of those that came one by one. */
  readLog(lines) {
    this.log = [];
    this.#takeLines(lines);
  }

  get lastId() {
    return this.#lastId;
  }

  get ended() {
    return hasEnded(this.run);
  }

  /** Epochs in their order. */
  get epochs() {
    return [...this.#epochs.values()].sort((a, b) => a.epoch - b.epoch);
  }

  /** The step that is being done, or null between epochs. */
  get step() {
    const last = this.steps.at(-1);
    return last && last.epoch > this.run.epoch && !this.ended ? last : null;
  }

  /** 0 to 1 over all epochs. */
  get progress() {
    if (this.run.status === "completed") return 1;
    if (!this.run.epochs) return 0;
    return Math.min(1, Math.max(this.run.epoch, this.step?.at ?? 0) / this.run.epochs);
  }

  /** From the mean of the last epochs, before the first from the steps; null while nothing can be said. */
  get secondsLeft() {
    if (this.ended || this.run.status === "queued") return null;
    const left = this.run.epochs * (1 - this.progress);
    const perEpoch = this.#secondsPerEpoch();
    return perEpoch && left > 0 ? perEpoch * left : null;
  }

  #secondsPerEpoch() {
    const seconds = this.epochs.slice(-RECENT_EPOCHS).map((row) => row.seconds).filter(Boolean);
    if (seconds.length) return seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
    const first = this.steps[0];
    const last = this.steps.at(-1);
    return last && last.at > first.at ? (last.time - first.time) / (last.at - first.at) : null;
  }

  #takeStatus({ stage = "", progress = null, time: _time, ...fields }) {
    if (this.ended && !hasEnded(/** @type {any} */ (fields))) return; // the past of a run that has ended
    Object.assign(this.run, fields);
    this.stage = { name: stage, progress };
    this.#tell("run");
  }

  #takeEpoch({ event: _event, time: _time, epochs, ...row }) {
    this.#epochs.set(row.epoch, row);
    Object.assign(this.run, { epochs, epoch: Math.max(this.run.epoch, row.epoch) });
    this.#tell("epochs", "run");
  }

  #takeSamples({ epoch }) {
    this.samples = epoch;
    this.#tell("samples");
  }

  /** A run that was resumed repeats what its checkpoint did not have: the new steps take the place of the old. */
  #takeStep(data) {
    const at = data.epoch - 1 + data.step / data.steps;
    const kept = this.steps.at(-1)?.at >= at ? this.steps.filter((step) => step.at < at) : this.steps;
    kept.push({ ...data, at });
    this.steps = kept.length > MOST_STEPS ? thin(kept, MOST_STEPS / 2) : kept;
    if (data.epochs) this.run.epochs = data.epochs;
    this.#tell("steps");
  }

  #takeUsage(data) {
    this.usage.push(data);
    if (this.usage.length > MOST_USAGE) this.usage = thin(this.usage, MOST_USAGE / 2);
    this.#tell("usage");
  }

  #takeLines(lines) {
    this.log.push(...lines);
    if (this.log.length > MOST_LINES) this.log.splice(0, this.log.length - MOST_LINES);
    this.#tell("log");
  }

  #tell(...parts) {
    const waiting = this.#changed.size;
    for (const part of parts) this.#changed.add(part);
    if (!waiting) this.#schedule(() => this.#flush());
  }

  #flush() {
    const changed = this.#changed;
    this.#changed = new Set();
    for (const { parts, listener } of this.#observers) {
      if (parts.some((part) => changed.has(part))) listener(this);
    }
  }
}

/** Ids of the stream are milliseconds and a number. */
function later(id, other) {
  if (!other) return true;
  const [time, count] = id.split("-").map(Number);
  const [otherTime, otherCount] = other.split("-").map(Number);
  return time > otherTime || (time === otherTime && count > otherCount);
}
