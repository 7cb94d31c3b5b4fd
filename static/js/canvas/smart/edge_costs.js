/**
 * How dear it is for a line to pass each pixel of a part of a picture: little where an edge is, much where there is none.
 * @param {{width: number, height: number, data: Uint8ClampedArray}} picture RGBA
 * @param {{left: number, top: number, width: number, height: number}} part of it
 * @returns {Uint8Array} row by row, 1 (edge) to 64
 */
export function edgeCosts(picture, { left, top, width, height }) {
  const strength = new Float32Array(width * height);
  const { data } = picture;
  const stride = picture.width * 4;
  let most = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const column = Math.min(Math.max(left + x, 1), picture.width - 2), row = Math.min(Math.max(top + y, 1), picture.height - 2);
      const found = gradient(data, row * stride + column * 4, stride);
      strength[y * width + x] = found;
      if (found > most) most = found;
    }
  }
  // Weak edges count among weaker ones: what is strong is measured by this part of the picture alone.
  const scale = 1 / Math.max(most * 0.6, 60);
  const costs = new Uint8Array(strength.length);
  for (let place = 0; place < strength.length; place += 1) {
    const edge = Math.min(strength[place] * scale, 1);
    costs[place] = 1 + Math.round(63 * (1 - edge) * (1 - edge));
  }
  return costs;
}

/** The strongest of the three channels, by Sobel's operator. */
function gradient(data, at, stride) {
  let most = 0;
  for (let channel = at; channel < at + 3; channel += 1) {
    const nw = data[channel - stride - 4], n = data[channel - stride], ne = data[channel - stride + 4];
    const w = data[channel - 4], e = data[channel + 4];
    const sw = data[channel + stride - 4], s = data[channel + stride], se = data[channel + stride + 4];
    const dx = ne + 2 * e + se - nw - 2 * w - sw, dy = sw + 2 * s + se - nw - 2 * n - ne;
    const found = Math.abs(dx) + Math.abs(dy);
    if (found > most) most = found;
  }
  return most;
}
