/**
 * A file that can be sent: {path, size, modified} and either `file`, a File, or `handle`, a FileSystemFileHandle.
 * Both only point to the disk; what is in them is read when it is sent.
 * @typedef {{path: string, size: number, modified: number, file?: File|null, handle?: any}} Source
 */

/** @param {File} file @param {string} path @returns {Source} */
export function fromFile(file, path) {
  return { file, path, size: file.size, modified: Math.max(0, file.lastModified) };
}

/** @param {any} handle @param {string} path @returns {Promise<Source>} */
export async function fromHandle(handle, path) {
  const { size, lastModified } = await handle.getFile();
  return { handle, path, size, modified: Math.max(0, lastModified) };
}

/**
 * @param {Source} source
 * @returns {Promise<File>} rejects when the file is gone, or is no longer the one that was chosen: parts of two would be
 *   mixed into one
 */
export async function opened({ file, handle, size, modified }) {
  const found = file ?? (await handle.getFile());
  if (found.size === size && Math.max(0, found.lastModified) === modified) return found;
  throw new FileChanged();
}

export class FileChanged extends Error {
  constructor() {
    super(gettext("The file has changed since it was chosen; choose it again."));
  }
}

/** @param {Source} source @returns {Promise<string>} why it cannot be read any more; empty when it can */
export async function whyUnreadable(source) {
  try {
    await (await opened(source)).slice(0, 1).arrayBuffer();
    return "";
  } catch (error) {
    return error instanceof FileChanged ? error.message : gettext("The file cannot be read any more; choose it again.");
  }
}

/** By what a file is known again. @param {Source} source */
export function keyOf({ path, size, modified }) {
  return `${path}|${size}|${modified}`;
}

/** As the API asks for it. @param {Source} source */
export function markOf({ path, size, modified }) {
  return { path, size_bytes: size, modified };
}

/**
 * Each file once, and none of those that are known already.
 * @param {Source[]} sources
 * @param {Source[]} [known]
 * @returns {Source[]}
 */
export function distinct(sources, known = []) {
  const keys = new Set(known.map(keyOf));
  return sources.filter((each) => !keys.has(keyOf(each)) && keys.add(keyOf(each)));
}
