/**
 * Which tiles of a pyramid show a part of an image. Knows no DOM.
 *
 * Level 0 is as large as the image, each further one half of that; tiles are named "level/column/row".
 */
export class TileGrid {
  #levels;
  #side;

  /** @param {{levels: number[][], tile: number}} pyramid width and height of each level; pixels of a tile's side */
  constructor({ levels, tile }) {
    this.#levels = levels;
    this.#side = tile;
  }

  get last() {
    return this.#levels.length - 1;
  }

  /** The level that has about a pixel for each of the screen: rather a few more than fewer. @param {number} scale pixels of the screen per pixel of the image */
  levelFor(scale) {
    return Math.min(Math.max(Math.floor(Math.log2(1 / scale) + 0.25), 0), this.last);
  }

  /** Tiles of a level that touch this part of the image, those nearest its middle first. @param {number} level @param {any} part left, top, width and height in pixels of the image */
  within(level, part) {
    const { left, top, width, height } = part;
    const size = this.#side * 2 ** level;
    const [columns, rows] = this.#levels[level].map((each) => Math.ceil(each / this.#side));
    const first = (start) => Math.max(Math.floor(start / size), 0);
    const lastColumn = Math.min(Math.floor((left + width) / size), columns - 1), lastRow = Math.min(Math.floor((top + height) / size), rows - 1);
    const middle = [(left + width / 2) / size - 0.5, (top + height / 2) / size - 0.5];
    const found = [];
    for (let row = first(top); row <= lastRow; row += 1) {
      for (let column = first(left); column <= lastColumn; column += 1) found.push({ level, column, row, far: Math.hypot(column - middle[0], row - middle[1]) });
    }
    return found.sort((a, b) => a.far - b.far);
  }

  /** Where a tile lies, in pixels of the image: left, top, right, bottom. */
  boundsOf({ level, column, row }) {
    const size = this.#side * 2 ** level;
    const [width, height] = this.#levels[0];
    return [column * size, row * size, Math.min((column + 1) * size, width), Math.min((row + 1) * size, height)];
  }

  /** The part of a coarser tile that shows the same: its name, and where in it, in its pixels. @param {any} tile @param {number} up levels */
  above({ level, column, row }, up) {
    const size = this.#side / 2 ** up;
    const above = { level: level + up, column: column >> up, row: row >> up };
    return { above, x: (column % 2 ** up) * size, y: (row % 2 ** up) * size, size };
  }
}

/** @param {any} tile */
export function nameOf({ level, column, row }) {
  return `${level}/${column}/${row}`;
}
