import { slic } from "./slic.js";

/** Parts a picture into superpixels, away from the page: `{turn, picture, side}` in, `{turn, labels}` out. */
addEventListener("message", ({ data: { turn, picture, side } }) => {
  const labels = slic(picture, side);
  postMessage({ turn, labels }, { transfer: [labels.buffer] });
});
