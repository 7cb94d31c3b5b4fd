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

/** @param {Source} source @returns {Promise<File>} rejects when the file is gone */
export async function opened({ file, handle }) {
  return file ?? handle.getFile();
}

/** By what a file is known again. @param {Source} source */
export function keyOf({ path, size, modified }) {
  return `${path}|${size}|${modified}`;
}

/** As the API asks for it. @param {Source} source */
export function markOf({ path, size, modified }) {
  return { path, size_bytes: size, modified };
}
