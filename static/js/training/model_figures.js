const HEADLINES = ["map", "miou", "accuracy", "mean_average_precision", "macro_f1", "loss"];

/**
 * The figure a model is known by: that of the test images, else of the validation images.
 *
 * @param {{test?: any, validation?: any}} metrics of the model's card
 * @returns {{split: "test"|"validation", name: string, value: number}|null}
 */
export function headlineOf(metrics) {
  for (const split of /** @type {const} */ (["test", "validation"])) {
    const figures = metrics?.[split];
    const name = figures && HEADLINES.find((each) => figures[each] != null);
    if (name) return { split, name, value: figures[name] };
  }
  return null;
}
