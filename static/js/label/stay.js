import { on } from "../lib/dom.js";

const NAME = "label-stay";

/** The switch “Stay on the image”, remembered by the browser. @param {HTMLInputElement|null} input @param {{stay: boolean}} sitting */
export function rememberStay(input, sitting) {
  if (!input) return;
  input.checked = localStorage.getItem(NAME) === "yes";
  sitting.stay = input.checked;
  on(input, "change", () => {
    sitting.stay = input.checked;
    localStorage.setItem(NAME, input.checked ? "yes" : "no");
  });
}
