import { $$ } from "../lib/dom.js";

/** Colours and shares that the server wrote into data- attributes, since templates hold no inline styles. */
export function paintShares(root = document) {
  for (const element of $$("[data-color]", root)) {
    element.style.setProperty("--chip-color", element.dataset.color);
    element.style.setProperty("--progress-color", element.dataset.color);
  }
  for (const element of $$("[data-value]", root)) element.style.setProperty("--value", element.dataset.value);
}
