/**
 * How fast this site trains, by its newest run: a guess for the next one. Arithmetic is taken to be what costs the
 * time, so that other models and image sizes are scaled by theirs.
 */
export class Pace {
  #perImage;

  /**
   * @param {{name: string, preset: string, history: {images_per_second: number}[]}} run with epochs
   * @param {number} imageSize edge of the run's input, in pixels
   * @param {any[]} presets
   */
  constructor(run, imageSize, presets) {
    this.name = run.name;
    const preset = presets.find((each) => each.name === run.preset);
    const speeds = run.history.map((row) => row.images_per_second).filter((speed) => speed > 0).sort((a, b) => a - b);
    const speed = speeds[Math.floor(speeds.length / 2)];
    this.#perImage = preset && speed ? 1 / speed / cost(preset, imageSize) : 0;
  }

  /**
   * Seconds that a plan will take; 0 when nothing can be said.
   * @param {{gflops: number, input_size: number}} preset
   * @param {{epochs: number, image_size: number, train_images: number}} plan
   */
  seconds(preset, plan) {
    return this.#perImage * cost(preset, plan.image_size) * plan.train_images * plan.epochs;
  }
}

const cost = (preset, size) => preset.gflops * (size / preset.input_size) ** 2;
