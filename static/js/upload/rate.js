const WINDOW = 8; // seconds that count

/** Bytes a second over the last seconds, and the time left at that speed. */
export class Rate {
  #marks = [];

  /** @param {number} bytes sent so far @param {number} now seconds */
  mark(bytes, now) {
    this.#marks.push({ bytes, now });
    while (this.#marks.length > 2 && now - this.#marks[0].now > WINDOW) this.#marks.shift();
  }

  reset() {
    this.#marks = [];
  }

  get speed() {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    const seconds = last ? last.now - first.now : 0;
    return seconds > 0.5 ? Math.max(0, (last.bytes - first.bytes) / seconds) : null;
  }

  /** @param {number} bytes still to send */
  secondsFor(bytes) {
    return this.speed ? bytes / this.speed : null;
  }
}
