const MOST_FILES = 40;
const MOST_BYTES = 16 * 2 ** 20;

export const isZip = (item) => item.path.toLowerCase().endsWith(".zip");

/** Files that go in pieces, so that one that is cut goes on where it was. */
export const isLarge = (item) => item.size > MOST_BYTES;

/**
 * Cut off the beginning of what waits: as many files of one upload as make a good request. A ZIP and a large file go
 * alone.
 * @param {any[]} waiting loses what is returned
 * @returns {any[]}
 */
export function nextBatch(waiting) {
  const batch = [];
  let bytes = 0;
  while (waiting.length && batch.length < MOST_FILES) {
    const next = waiting[waiting.length - 1];
    if (batch.length && (isZip(next) || bytes + next.size > MOST_BYTES || next.upload !== batch[0].upload)) break;
    batch.push(waiting.pop());
    bytes += next.size;
    if (isZip(next)) break;
  }
  return batch;
}

/**
 * One file of every folder first, so that one request makes all classes, in their order.
 * @param {any[]} items
 */
export function foldersFirst(items) {
  const seen = new Set();
  const first = [];
  const rest = [];
  for (const item of items) {
    const folder = item.path.split("/").at(-2);
    if (folder && !seen.has(folder) && !isZip(item)) {
      seen.add(folder);
      first.push(item);
    } else rest.push(item);
  }
  return { first, rest };
}
