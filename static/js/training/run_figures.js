/** What a run's epochs say, as plain figures. An epoch: {epoch, metrics, learning_rate, images_per_second, best}. */

const VALIDATION = "val_";
const HEADLINES = ["val_map", "val_miou", "val_mean_average_precision", "val_accuracy"]; // of every task one is the first that it has

/** The validation metric by which people compare runs of a task; the validation loss where the run has none of them. */
export function headline(run) {
  return HEADLINES.find((name) => run.history.some((row) => row.metrics[name] != null)) ?? "val_loss";
}

/** The row of the best epoch so far, as the engine judged; null before the first. */
export function bestEpoch(history) {
  return history.findLast((row) => row.best) ?? null;
}

/** @returns {{name: string, value: number, epoch: number}|null} the headline at the best epoch */
export function bestValidation(run) {
  const best = bestEpoch(run.history);
  const name = headline(run);
  const value = best?.metrics[name];
  return value == null ? null : { name, value, epoch: best.epoch };
}

/** The course of one metric, for a sparkline. @returns {number[]} */
export const course = (history, name) => history.map((row) => row.metrics[name]).filter((value) => value != null);

/** Every metric that the epochs have, without its prefix: loss first, accuracy next. @returns {string[]} */
export function metricNames(history) {
  const names = new Set(["loss", "accuracy"]);
  const seen = new Set();
  for (const row of history) {
    for (const name of Object.keys(row.metrics)) {
      names.add(plain(name));
      seen.add(plain(name));
    }
  }
  return [...names].filter((name) => seen.has(name));
}

/** Whether more of a metric is better. */
export const moreIsBetter = (name) => !["loss", "ece"].includes(plain(name));

export const plain = (name) => (name.startsWith(VALIDATION) ? name.slice(VALIDATION.length) : name);

/** A share is shown in per cent, a loss is not. */
export const isShare = (name) => plain(name) !== "loss";
