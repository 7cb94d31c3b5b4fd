/** Takes pieces of columns in any order, also over each other, and makes a mask of them. What lies outside the image is cut off. */
export class Spans {
  #height;
  #width;
  #columns = new Map();

  /** @param {[number, number]} size height and width */
  constructor([height, width]) {
    this.#height = height;
    this.#width = width;
  }

  /** @param {number} x @param {number} from first row @param {number} to the row after the last */
  add(x, from, to) {
    if (x < 0 || x >= this.#width) return;
    const start = Math.max(from, 0), end = Math.min(to, this.#height);
    if (end <= start) return;
    const column = this.#columns.get(x);
    if (column) column.push([start, end]);
    else this.#columns.set(x, [[start, end]]);
  }

  /** @returns {import("./runs.js").Mask} */
  get mask() {
    const counts = [];
    let begun = 0, ended = 0; // the run at hand; what lies between two is not set
    const close = () => ended && counts.push(ended - begun);
    for (const x of [...this.#columns.keys()].sort((a, b) => a - b)) {
      for (const [from, to] of this.#columns.get(x).sort((a, b) => a[0] - b[0])) {
        const start = x * this.#height + from, end = x * this.#height + to;
        if (ended && start <= ended) ended = Math.max(ended, end);
        else {
          close();
          counts.push(start - ended);
          [begun, ended] = [start, end];
        }
      }
    }
    close();
    const rest = this.#height * this.#width - ended;
    if (rest) counts.push(rest);
    return { size: [this.#height, this.#width], counts };
  }
}
