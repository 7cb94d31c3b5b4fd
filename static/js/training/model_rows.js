/**
 * What the shelf tells of a preset for one task, in one row.
 *
 * @typedef {object} ModelRow
 * @property {string} name
 * @property {string} title
 * @property {number} parameters of the whole model, with ten classes
 * @property {number} gflops for one image at its own input size
 * @property {number} edge of that input, in pixels
 * @property {number} memory bytes while it is trained
 * @property {number|null} train images a second, measured
 * @property {number|null} predict images a second, measured
 * @property {number|null} score of the published weights on ImageNet, 0..1
 * @property {string} weights published weights, "" without any
 * @property {string} licence
 * @property {string} about what it is and what it is good for
 * @property {string} source the paper it comes from
 * @property {string} state of its measurement: "", "waiting", "measuring" or "failed"
 * @property {string} error why it could not be measured
 */

const IMAGENET = "ImageNet, top-1 accuracy"; // the one set on which most of the shelf was measured

export const SIZES = {
  any: () => true,
  small: (row) => row.parameters < 1e6,
  medium: (row) => row.parameters >= 1e6 && row.parameters < 5e6,
  large: (row) => row.parameters >= 5e6,
};

export const STARTS = {
  any: () => true,
  published: (row) => row.weights !== "",
  scratch: (row) => row.weights === "",
};

/**
 * @param {any[]} presets as the API gives them
 * @param {string} task
 * @param {any[]} measurements of one node
 * @returns {ModelRow[]} of the presets that know the task
 */
export function modelRows(presets, task, measurements) {
  return presets.filter((preset) => preset.tasks.includes(task)).map((preset) => {
    const cost = preset.costs[task];
    const own = measurements.find((each) => each.preset === preset.name && each.task === task);
    const known = own?.measured_at ? own : null;
    return {
      name: preset.name,
      title: preset.title,
      parameters: cost.parameters,
      gflops: cost.gflops,
      edge: cost.edge,
      memory: cost.memory_bytes,
      train: known?.train_images_per_second ?? null,
      predict: known?.predict_images_per_second ?? null,
      score: preset.scores.find((each) => each.on === IMAGENET)?.value ?? null,
      weights: preset.weights.join(", "),
      licence: preset.licence,
      about: `${preset.description} ${preset.good_for}`,
      source: preset.source,
      state: own && own.status !== "measured" && own.status !== "unknown" ? own.status : "",
      error: own?.error ?? "",
    };
  });
}

/**
 * @param {ModelRow[]} rows
 * @param {{size: string, start: string, by: string, down: boolean}} view
 * @returns {ModelRow[]} those that pass the filters, in order; what has no value comes last either way
 */
export function viewed(rows, { size, start, by, down }) {
  const sign = down ? -1 : 1;
  return rows.filter((row) => SIZES[size](row) && STARTS[start](row)).toSorted((a, b) => order(a[by], b[by], sign));
}

function order(one, other, sign) {
  if (one == null || other == null) return Number(one == null) - Number(other == null);
  return sign * (typeof one === "string" ? one.localeCompare(other, undefined, { numeric: true }) : one - other);
}
