/** Where the rows of a long list lie, of which only those that were drawn have been measured. */
export class RowPlaces {
  #heights = new WeakMap();
  #rows = [];
  #tops = new Float64Array(1);
  #usual;

  /** @param {number} usual height of a row that has not been measured */
  constructor(usual) {
    this.#usual = usual;
  }

  /** @param {object[]} rows what the list holds now; heights are kept by row */
  list(rows) {
    this.#rows = rows;
    if (this.#tops.length !== rows.length + 1) this.#tops = new Float64Array(rows.length + 1);
    this.#add(0);
  }

  /**
   * @param {Map<number, number>} heights by the number of the row
   * @returns {boolean} whether any of them is another than was thought
   */
  measure(heights) {
    const changed = [...heights].filter(([number, height]) => height !== this.#height(number));
    for (const [number, height] of changed) this.#heights.set(this.#rows[number], height);
    if (changed.length) this.#add(Math.min(...changed.map(([number]) => number)));
    return changed.length > 0;
  }

  /** All rows may be of another height, at another width. */
  forget() {
    this.#heights = new WeakMap();
    this.#add(0);
  }

  top(number) {
    return this.#tops[number];
  }

  get whole() {
    return this.#tops[this.#rows.length];
  }

  /** The number of the row at this height; beyond the end the last one. */
  at(height) {
    let [low, high] = [0, Math.max(0, this.#rows.length - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#tops[middle] <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #height(number) {
    return this.#heights.get(this.#rows[number]) ?? this.#usual;
  }

  #add(from) {
    for (let number = from; number < this.#rows.length; number += 1) this.#tops[number + 1] = this.#tops[number] + this.#height(number);
  }
}
