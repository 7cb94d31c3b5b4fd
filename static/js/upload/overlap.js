/** How files that were chosen fit an upload that was broken off. */

const arrivedOf = (known) => [...known.values()].filter((each) => each.status !== "partial").length;

/**
 * @param {{files: number, size_bytes: number, arrived: number}} upload
 * @param {{size: number}[]} sources
 * @param {Map<any, {status: string}>} known what the upload has of them
 * @returns {"all"|"some"|"none"} "all": they are the files of the upload, no fewer and no others
 */
export function overlap(upload, sources, known) {
  const size = sources.reduce((sum, each) => sum + each.size, 0);
  const alike = upload.files === sources.length && upload.size_bytes === size;
  if (alike && arrivedOf(known) >= upload.arrived) return "all";
  return known.size ? "some" : "none";
}

/** How many files of the upload have neither arrived nor been chosen now; arguments as for `overlap`. */
export function unchosen(upload, sources, known) {
  return Math.max(0, upload.files - upload.arrived + arrivedOf(known) - sources.length);
}
