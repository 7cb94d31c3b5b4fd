import { fromFile, fromHandle } from "./source.js";

const PICTURE = /\.(jpe?g|jpe|jfif|mpo|png|apng|webp|avif|gif|bmp|dib|tiff?|jp2|j2k|jpx|ppm|pgm|pbm|pnm)$/i;
const LEFT_BY_SYSTEMS = new Set([".ds_store", "thumbs.db", "desktop.ini"]);
const AT_ONCE = 50; // files whose size and time are asked together

/**
 * What was found: files that can be sent, and paths of files and folders that cannot be read, with a sentence each.
 * @typedef {{sources: import("./source.js").Source[], failures: {path: string, reason: string}[]}} Found
 */

/**
 * All files of a drop, folders opened, each with its path below what was dropped.
 *
 * `handles` can be kept over a reload; it is empty where the browser gives none.
 * @param {DataTransfer} transfer
 * @param {(count: number) => void} [tell] how many were found so far
 * @returns {Promise<Found & {handles: any[]}>}
 */
export async function fromDrop(transfer, tell = () => {}) {
  // The list is emptied as soon as the event is over: everything is taken from it at once.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const asked = globalThis.isSecureContext ? items.map((/** @type {any} */ item) => item.getAsFileSystemHandle?.().catch(() => null)) : [];
  const plain = [...transfer.files];
  const handles = await Promise.all(asked);
  if (handles.length && handles.every(Boolean)) return { ...(await fromHandles(handles, tell)), handles };
  if (!entries.length) return { sources: fromInput(plain), failures: [], handles: [] };
  const found = nothing();
  for (const entry of entries) await walkEntry(entry, found, tell);
  return { ...found, handles: [] };
}

/** @param {FileList|File[]} files of an input, of single files or of a folder */
export function fromInput(files) {
  return [...files].map((file) => fromFile(file, file.webkitRelativePath || file.name)).filter(wanted);
}

/**
 * @param {any[]} handles of files and folders
 * @param {(count: number) => void} [tell]
 * @returns {Promise<Found>}
 */
export async function fromHandles(handles, tell = () => {}) {
  const found = nothing();
  for (const handle of handles) await walkHandle(handle, handle.name, found, tell);
  return found;
}

/** Names of the last folders of the paths, with how many pictures each has. @param {{path: string}[]} files */
export function foldersOf(files) {
  const folders = new Map();
  for (const { path } of files) {
    const name = PICTURE.test(path) && path.split("/").at(-2);
    if (name) folders.set(name, (folders.get(name) ?? 0) + 1);
  }
  const language = globalThis.document?.documentElement.lang;
  return new Map([...folders].sort(([one], [other]) => one.localeCompare(other, language, { numeric: true })));
}

async function walkHandle(handle, path, found, tell) {
  if (handle.kind === "file") return read([{ path, open: () => fromHandle(handle, path) }], found);
  const inside = [];
  try {
    for await (const each of handle.values()) inside.push(each);
  } catch {
    notToItsEnd(path, found);
  }
  const files = inside.filter((each) => each.kind === "file").map((each) => {
    const below = `${path}/${each.name}`;
    return { path: below, open: () => fromHandle(each, below) };
  });
  for (let start = 0; start < files.length; start += AT_ONCE) {
    await read(files.slice(start, start + AT_ONCE), found);
    tell(found.sources.length);
  }
  for (const each of inside) if (each.kind === "directory") await walkHandle(each, `${path}/${each.name}`, found, tell);
}

async function walkEntry(entry, found, tell) {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = () => new Promise((resolve, reject) => entry.file(resolve, reject));
    return read([{ path, open: async () => fromFile(await file(), path) }], found);
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives at most a hundred entries a time.
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve(null)));
    if (!some) return notToItsEnd(path, found);
    if (!some.length) return undefined;
    for (const each of some) await walkEntry(each, found, tell);
    tell(found.sources.length);
  }
}

/** @param {{path: string, open: () => Promise<any>}[]} files @param {Found} found */
async function read(files, found) {
  const some = files.filter(wanted);
  const results = await Promise.allSettled(some.map((each) => each.open()));
  for (const [place, result] of results.entries()) {
    if (result.status === "fulfilled") found.sources.push(result.value);
    else found.failures.push({ path: some[place].path, reason: gettext("The file cannot be read.") });
  }
}

function notToItsEnd(path, found) {
  found.failures.push({ path, reason: gettext("The folder cannot be read to its end; files in it may be missing.") });
}

/** @returns {Found} */
function nothing() {
  return { sources: [], failures: [] };
}

function wanted({ path }) {
  const name = path.split("/").pop().toLowerCase();
  return !LEFT_BY_SYSTEMS.has(name) && !name.startsWith("._") && !path.includes("__MACOSX/");
}
