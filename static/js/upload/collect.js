const PICTURE = /\.(jpe?g|jpe|jfif|mpo|png|apng|webp|avif|gif|bmp|dib|tiff?|jp2|j2k|jpx|ppm|pgm|pbm|pnm)$/i;
const LEFT_BY_SYSTEMS = new Set([".ds_store", "thumbs.db", "desktop.ini"]);

/**
 * All files of a drop, folders opened, each with its path below what was dropped.
 * @param {DataTransfer} transfer
 * @returns {Promise<{file: File, path: string}[]>}
 */
export async function fromDrop(transfer) {
  // The list is emptied as soon as the event is over: entries are taken from it at once.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return fromInput(transfer.files);
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found.filter(wanted);
}

/** @param {FileList|File[]} files of an input, of single files or of a folder */
export function fromInput(files) {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })).filter(wanted);
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

async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives at most a hundred entries a time.
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return;
    for (const each of some) await walk(each, found);
  }
}

function wanted({ path }) {
  const name = path.split("/").pop().toLowerCase();
  return !LEFT_BY_SYSTEMS.has(name) && !name.startsWith("._") && !path.includes("__MACOSX/");
}
