const kept = new WeakMap(); // of the last pictures

/**
 * A picture so many times smaller, each pixel the mean of those that it stands for; the same one again where it is asked for again.
 * @param {{width: number, height: number, data: Uint8ClampedArray}} picture RGBA @param {number} times a whole number
 * @returns {{width: number, height: number, data: Uint8ClampedArray}}
 */
export function reduced(picture, times) {
  if (times <= 1) return picture;
  if (!kept.has(picture)) kept.set(picture, new Map());
  const made = kept.get(picture);
  if (!made.has(times)) made.set(times, averaged(picture, times));
  return made.get(times);
}

function averaged({ width, height, data }, times) {
  const columns = Math.max(Math.floor(width / times), 1), rows = Math.max(Math.floor(height / times), 1);
  const small = new Uint8ClampedArray(columns * rows * 4).fill(255);
  const share = 1 / (times * times);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      let red = 0, green = 0, blue = 0;
      for (let down = 0; down < times; down += 1) {
        let at = ((y * times + down) * width + x * times) * 4;
        for (let right = 0; right < times; right += 1, at += 4) {
          red += data[at];
          green += data[at + 1];
          blue += data[at + 2];
        }
      }
      const to = (y * columns + x) * 4;
      small[to] = red * share;
      small[to + 1] = green * share;
      small[to + 2] = blue * share;
    }
  }
  return { width: columns, height: rows, data: small };
}
