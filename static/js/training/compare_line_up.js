import { bestEpoch, metricNames, moreIsBetter } from "./run_figures.js";

const SPLITS = ["test", "validation", "train"];

/** Every metric that one of the runs has. @param {any[]} runs @returns {string[]} */
export function sharedMetrics(runs) {
  return metricNames(runs.flatMap((run) => run.history));
}

/**
 * The final metrics of runs beside each other; the best of each is marked where there is a best.
 *
 * @param {any[]} runs
 * @returns {{split: string, name: string, values: (number|null)[], best: boolean[]}[]}
 */
export function finalMetrics(runs) {
  const finals = runs.map(final);
  return SPLITS.flatMap((split) => {
    const names = new Set(finals.flatMap((each) => Object.keys(each[split] ?? {})));
    return [...names].map((name) => {
      const values = finals.map((each) => each[split]?.[name] ?? null);
      return { split, name, values, best: bestOf(values, moreIsBetter(name)) };
    });
  });
}

/** What was evaluated at the end; before that, what the best epoch so far has reached. */
function final(run) {
  if (run.metrics.test) return run.metrics;
  const found = { validation: {}, train: {} };
  for (const [name, value] of Object.entries(bestEpoch(run.history)?.metrics ?? {})) {
    if (name.startsWith("val_")) found.validation[name.slice(4)] = value;
    else found.train[name] = value;
  }
  return found;
}

/** @param {(number|null)[]} values */
function bestOf(values, more) {
  const there = values.filter((value) => value != null);
  const best = more ? Math.max(...there) : Math.min(...there);
  const differs = new Set(there).size > 1;
  return values.map((value) => differs && value === best);
}
