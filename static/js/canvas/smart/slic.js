const ROUNDS = 4;
const COMPACT = 14; // how much places count beside colours: larger is rounder
const SMALLEST = 0.25; // of the usual area: smaller pieces go to a neighbour

/**
 * Superpixels: pieces of a picture of about one size, along whose borders its edges lie (SLIC: Achanta and others, 2012).
 * @param {{width: number, height: number, data: Uint8ClampedArray}} picture RGBA @param {number} side of a piece, in pixels
 * @returns {Int32Array} the number of the piece that each pixel belongs to, row by row
 */
export function slic({ width, height, data }, side) {
  const colors = opponents(data, width * height);
  const centers = grid(colors, width, height, side);
  const labels = new Int32Array(width * height).fill(-1);
  const nearest = new Float32Array(width * height);
  const weight = (COMPACT * COMPACT) / (side * side);
  for (let round = 0; round < ROUNDS; round += 1) {
    nearest.fill(Infinity);
    for (let number = 0; number < centers.length; number += 1) {
      const [x, y, light, warm, green] = centers[number];
      const left = Math.max(Math.floor(x - side), 0), right = Math.min(Math.ceil(x + side), width - 1);
      const top = Math.max(Math.floor(y - side), 0), bottom = Math.min(Math.ceil(y + side), height - 1);
      for (let row = top; row <= bottom; row += 1) {
        const dy = (row - y) * (row - y) * weight;
        for (let column = left, place = row * width + left; column <= right; column += 1, place += 1) {
          const a = colors[place * 3] - light, b = colors[place * 3 + 1] - warm, c = colors[place * 3 + 2] - green;
          const away = a * a + b * b + c * c + dy + (column - x) * (column - x) * weight;
          if (away >= nearest[place]) continue;
          nearest[place] = away;
          labels[place] = number;
        }
      }
    }
    if (round < ROUNDS - 1) settle(centers, labels, colors, width);
  }
  return connected(labels, width, side * side * SMALLEST);
}

/** Brightness, and how warm and how green it is: about as far apart as they look. */
function opponents(data, count) {
  const colors = new Float32Array(count * 3);
  for (let place = 0; place < count; place += 1) {
    const red = data[place * 4], green = data[place * 4 + 1], blue = data[place * 4 + 2];
    colors[place * 3] = (0.3 * red + 0.59 * green + 0.11 * blue) * 0.4;
    colors[place * 3 + 1] = (red - blue) * 0.3;
    colors[place * 3 + 2] = (2 * green - red - blue) * 0.2;
  }
  return colors;
}

function grid(colors, width, height, side) {
  const columns = Math.max(Math.round(width / side), 1), rows = Math.max(Math.round(height / side), 1);
  const centers = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = Math.min(Math.floor(((column + 0.5) * width) / columns), width - 1), y = Math.min(Math.floor(((row + 0.5) * height) / rows), height - 1);
      const at = (y * width + x) * 3;
      centers.push([x, y, colors[at], colors[at + 1], colors[at + 2]]);
    }
  }
  return centers;
}

/** Each center moves to the mean of what is nearest to it. */
function settle(centers, labels, colors, width) {
  const sums = new Float64Array(centers.length * 6);
  for (let place = 0; place < labels.length; place += 1) {
    const to = labels[place] * 6;
    if (to < 0) continue;
    sums[to] += place % width;
    sums[to + 1] += Math.floor(place / width);
    sums[to + 2] += colors[place * 3];
    sums[to + 3] += colors[place * 3 + 1];
    sums[to + 4] += colors[place * 3 + 2];
    sums[to + 5] += 1;
  }
  for (let number = 0; number < centers.length; number += 1) {
    const count = sums[number * 6 + 5];
    if (count) for (let each = 0; each < 5; each += 1) centers[number][each] = sums[number * 6 + each] / count;
  }
}

/** Numbers of pieces that hang together; what is too small goes to the piece before it. */
function connected(labels, width, least) {
  const numbers = new Int32Array(labels.length).fill(-1);
  const waiting = new Int32Array(labels.length);
  let next = 0;
  for (let start = 0; start < labels.length; start += 1) {
    if (numbers[start] >= 0) continue;
    const label = labels[start];
    const beside = start % width ? numbers[start - 1] : start >= width ? numbers[start - width] : -1;
    let count = 1;
    waiting[0] = start;
    numbers[start] = next;
    for (let index = 0; index < count; index += 1) {
      const place = waiting[index], column = place % width;
      if (column > 0) count = take(place - 1, count);
      if (column < width - 1) count = take(place + 1, count);
      if (place >= width) count = take(place - width, count);
      if (place < labels.length - width) count = take(place + width, count);
    }
    if (count < least && beside >= 0) for (let index = 0; index < count; index += 1) numbers[waiting[index]] = beside;
    else next += 1;

    function take(place, so) {
      if (numbers[place] >= 0 || labels[place] !== label) return so;
      numbers[place] = next;
      waiting[so] = place;
      return so + 1;
    }
  }
  return numbers;
}
