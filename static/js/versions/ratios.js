const WHOLE = 100;

/** Three shares in whole per cent that always sum to 100: changing one takes from, or gives to, the others. */
export class Ratios {
  #shares;

  /** @param {Record<string, number>} shares */
  constructor(shares) {
    this.#shares = { ...shares };
  }

  /** @returns {Record<string, number>} */
  get shares() {
    return { ...this.#shares };
  }

  /** As the API takes them. */
  get fractions() {
    return Object.fromEntries(Object.entries(this.#shares).map(([part, share]) => [part, share / WHOLE]));
  }

  /**
   * The others keep their proportion; where both are 0, the first of them takes what is left.
   * @param {string} part
   * @param {number} share
   */
  set(part, share) {
    const value = Math.min(WHOLE, Math.max(0, Math.round(share) || 0));
    const [first, second] = Object.keys(this.#shares).filter((each) => each !== part);
    const left = WHOLE - value;
    const before = this.#shares[first] + this.#shares[second];
    const toFirst = before ? Math.round((left * this.#shares[first]) / before) : left;
    Object.assign(this.#shares, { [part]: value, [first]: toFirst, [second]: left - toFirst });
  }
}
