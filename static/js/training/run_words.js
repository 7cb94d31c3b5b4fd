import { number, percent } from "../lib/format.js";
import { isShare, plain } from "./run_figures.js";

const METRICS = {
  loss: () => gettext("Loss"),
  accuracy: () => gettext("Accuracy"),
  macro_f1: () => gettext("Macro F1"),
  weighted_f1: () => gettext("Weighted F1"),
  micro_f1: () => gettext("Micro F1"),
  subset_accuracy: () => gettext("All classes right"),
  mean_average_precision: () => gettext("Mean average precision"),
  top_k: () => gettext("Top k"),
  map: () => gettext("mAP 50:95"),
  map50: () => gettext("mAP 50"),
  map75: () => gettext("mAP 75"),
  map_small: () => gettext("mAP, small"),
  map_medium: () => gettext("mAP, medium"),
  map_large: () => gettext("mAP, large"),
  precision_per_image: () => gettext("Right, mean of images"),
  average_recall: () => gettext("Average recall"),
  precision: () => gettext("Precision"),
  recall: () => gettext("Recall"),
  f1: () => gettext("F1"),
  miou: () => gettext("Mean IoU"),
  dice: () => gettext("Mean Dice"),
  dice_per_image: () => gettext("Dice, mean of images"),
  ece: () => gettext("Calibration error"),
};

/** How people call a metric; the split is not said. */
export const metricName = (name) => METRICS[plain(name)]?.() ?? plain(name).replaceAll("_", " ");

/** 0.9312 -> "93.1%", a loss -> "0.215" */
export function metricText(name, value) {
  if (value == null) return "–";
  return isShare(name) ? percent(value, 1) : number(value, { maximumSignificantDigits: 4 });
}
