import { smooth } from "../charts/smoothing.js";

/**
 * A run's figures as what LineChart takes: x values first, then the values of each line, null where one has none.
 */

/** Lines with places of their own, over one shared axis. @param {{x: number[], y: (number|null)[]}[]} lines */
export function aligned(lines) {
  const places = [...new Set(lines.flatMap((line) => line.x))].sort((a, b) => a - b);
  const index = new Map(places.map((place, at) => [place, at]));
  const columns = lines.map(({ x, y }) => {
    const column = new Array(places.length).fill(null);
    x.forEach((place, at) => (column[index.get(place)] = y[at] ?? null));
    return column;
  });
  return [places, ...columns];
}

/** One metric over the epochs. */
export const overEpochs = (epochs, name, weight = 0) => ({
  x: epochs.map((row) => row.epoch),
  y: smooth(epochs.map((row) => row.metrics[name] ?? null), weight),
});

/** One metric of the running epoch, step by step. */
export const overSteps = (steps, name) => ({ x: steps.map((step) => step.at), y: steps.map((step) => step.metrics?.[name] ?? null) });

/** What both steps and epochs tell, such as the learning rate; where there are steps they say it more finely. */
export function finest(epochs, steps, name, weight = 0) {
  const first = steps[0]?.at ?? Infinity;
  const rows = [...epochs.filter((row) => row.epoch < first).map((row) => ({ at: row.epoch, value: row[name] })), ...steps.map((step) => ({ at: step.at, value: step[name] }))];
  return { x: rows.map((row) => row.at), y: smooth(rows.map((row) => row.value ?? null), weight) };
}

/** The best epoch alone. */
export function marked(best, name) {
  const value = best?.metrics[name];
  return value == null ? { x: [], y: [] } : { x: [best.epoch], y: [value] };
}

/** How busy the worker was, in per cent over minutes. @returns {{labels: string[], data: (number|null)[][]}} */
export function usageLines(usage, names) {
  const start = usage[0]?.time ?? 0;
  const gpus = usage.at(-1)?.gpus ?? [];
  const lines = [
    [names.cpu, (each) => each.cpu],
    [names.memory, (each) => (100 * each.memory) / each.memory_total],
    ...gpus.flatMap((_gpu, at) => [
      [names.gpu(at), (each) => each.gpus[at]?.load],
      [names.gpuMemory(at), (each) => (each.gpus[at] ? (100 * each.gpus[at].memory) / each.gpus[at].memory_total : null)],
    ]),
  ];
  return {
    labels: lines.map(([label]) => label),
    data: [usage.map((each) => (each.time - start) / 60), ...lines.map(([, value]) => usage.map((each) => value(each) ?? null))],
  };
}
