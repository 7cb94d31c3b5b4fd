import { colorOfInstance } from "../canvas/look.js";

// Far apart, for colour-blind eyes too (Okabe and Ito).
const COLORS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"];
export const IMAGE_COLOR = "#8b93a1";

/** The colour of a person's shapes. @param {number} place of the person in the round */
export function colorAt(place) {
  return COLORS[place] ?? colorOfInstance(`person ${place}`);
}
