/** Waits longer each time, up to half a minute; `hurry()` ends a wait. */
export class Backoff {
  #next = 1000;
  #wake = () => {};

  wait() {
    const milliseconds = this.#next;
    this.#next = Math.min(this.#next * 2, 30_000);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  reset() {
    this.#next = 1000;
  }

  hurry() {
    this.reset();
    this.#wake();
  }
}
