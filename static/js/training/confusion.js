/**
 * A confusion matrix and its sums.
 *
 * @typedef {{count: number, share: number}} Cell share: of the images of its true class
 */
export class Confusion {
  /** @param {{classes: number[], matrix: number[][]}} counted rows are true classes, columns what was predicted */
  constructor({ classes, matrix }) {
    this.classes = classes;
    this.matrix = matrix;
    this.rowSums = matrix.map((row) => row.reduce((sum, each) => sum + each, 0));
    this.total = this.rowSums.reduce((sum, each) => sum + each, 0);
  }

  /** @param {number} row @param {number} column @returns {Cell} */
  cell(row, column) {
    const count = this.matrix[row][column];
    return { count, share: this.rowSums[row] ? count / this.rowSums[row] : 0 };
  }

  /** The largest count, on the diagonal or off it. */
  get highest() {
    return Math.max(1, ...this.matrix.flat());
  }

  /** Wrong cells with the most images first. @param {number} most @returns {{row: number, column: number, count: number, share: number}[]} */
  worst(most) {
    const wrong = this.matrix.flatMap((counts, row) => counts.map((_count, column) => ({ row, column, ...this.cell(row, column) })));
    return wrong.filter(({ row, column, count }) => row !== column && count).sort((a, b) => b.count - a.count || b.share - a.share).slice(0, most);
  }
}
