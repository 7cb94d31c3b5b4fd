/**
 * All pixels of nearly one colour that hang together with the one at a place.
 * @param {{width: number, height: number, data: Uint8ClampedArray}} picture RGBA
 * @param {number} x @param {number} y @param {number} tolerance how far each channel may be from that of the place
 * @returns {Uint8Array} one a pixel, row by row
 */
export function flood({ width, height, data }, x, y, tolerance) {
  const found = new Uint8Array(width * height);
  const seed = (y * width + x) * 4;
  const [red, green, blue] = [data[seed], data[seed + 1], data[seed + 2]];
  const fits = (place) => {
    const at = place * 4;
    return !found[place] && Math.abs(data[at] - red) <= tolerance && Math.abs(data[at + 1] - green) <= tolerance && Math.abs(data[at + 2] - blue) <= tolerance;
  };
  const waiting = [y * width + x];
  while (waiting.length) {
    const place = /** @type {number} */ (waiting.pop());
    if (!fits(place)) continue;
    const row = place - (place % width);
    let left = place, right = place;
    while (left > row && fits(left - 1)) left -= 1;
    while (right < row + width - 1 && fits(right + 1)) right += 1;
    found.fill(1, left, right + 1);
    for (const other of [left - width, left + width]) {
      if (other < 0 || other >= found.length) continue;
      for (let step = 0, inside = false; step <= right - left; step += 1) {
        const wanted = fits(other + step);
        if (wanted && !inside) waiting.push(other + step);
        inside = wanted;
      }
    }
  }
  return found;
}

/**
 * A bitmap as a mask of an image that may be larger: each pixel takes what lies under its middle.
 * @param {Uint8Array} bits row by row @param {number} width of the bitmap @param {[number, number]} size height and width of the image
 * @returns {import("./runs.js").Mask}
 */
export function maskOf(bits, width, size) {
  const [imageHeight, imageWidth] = size;
  const height = bits.length / width;
  const rows = Array.from({ length: imageHeight }, (_each, y) => Math.floor(((y + 0.5) * height) / imageHeight) * width);
  const counts = [];
  let value = 0, run = 0;
  for (let x = 0; x < imageWidth; x += 1) {
    const column = Math.floor(((x + 0.5) * width) / imageWidth);
    for (let y = 0; y < imageHeight; y += 1) {
      if (bits[rows[y] + column] !== value) {
        counts.push(run);
        run = 0;
        value = 1 - value;
      }
      run += 1;
    }
  }
  counts.push(run);
  return { size, counts };
}
