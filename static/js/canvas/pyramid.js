import { api } from "../api/client.js";

const TILED_FROM = 8_000_000; // pixels; smaller pictures are shown as they are
const POLL_MS = 500;
const LONGEST_MS = 4000; // between two questions, where a worker is slow or away

/** Whether an image is shown through tiles. */
export function isLarge({ width, height }) {
  return width * height > TILED_FROM;
}

/**
 * The tiles of an image, once they are made.
 * @param {number} image @param {(progress: number) => void} onProgress @param {() => boolean} wanted whether anybody still waits
 * @returns {Promise<any>} null when nobody waits any more
 */
export async function pyramidOf(image, onProgress, wanted) {
  for (let wait = POLL_MS; ; wait = Math.min(wait * 1.25, LONGEST_MS)) {
    const pyramid = await asked(image);
    if (!wanted()) return null;
    if (pyramid?.status === "completed") return pyramid;
    if (pyramid?.status === "failed") throw new Error(pyramid.error);
    if (pyramid) onProgress(pyramid.progress);
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!wanted()) return null;
  }
}

/** Null where it is worth asking again. */
async function asked(image) {
  try {
    return await api.get(`/api/images/${image}/tiles/`);
  } catch (error) {
    if (error.passing) return null;
    throw error;
  }
}
