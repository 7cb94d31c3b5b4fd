import { api } from "../api/client.js";
import { opened } from "./source.js";

const PIECE = 8 * 2 ** 20;
const TUS = { "Tus-Resumable": "1.0.0" };

/**
 * Send a large file piece by piece (tus 1.0.0), from where it was cut; called again after an error it goes on.
 * @param {any} item of the queue
 * @param {{project: number, onProgress: (sent: number, total: number) => void, signal: AbortSignal, unpaused: () => Promise<void>}} options
 * @returns {Promise<any>} what became of it, as the upload's report has it
 */
export async function sendInPieces(item, { project, onProgress, signal, unpaused }) {
  const file = await opened(item);
  item.location ||= await announce(item, project, signal);
  for (;;) {
    const { offset, result } = await api.get(item.location, { signal });
    onProgress(offset, item.size);
    if (result) return result;
    await sendFrom(offset, file, item, { onProgress, signal, unpaused });
  }
}

async function sendFrom(offset, file, item, { onProgress, signal, unpaused }) {
  do {
    await unpaused();
    const piece = file.slice(offset, offset + PIECE);
    const headers = { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const begin = offset;
    await api.upload(item.location, piece, { method: "PATCH", headers, signal, onProgress: (sent) => onProgress(Math.min(item.size, begin + sent), item.size) });
    offset += piece.size;
  } while (offset < item.size);
}

async function announce({ path, size, modified, upload }, project, signal) {
  const facts = { path, modified: String(modified), upload: String(upload.id), class_from: upload.class_from };
  const metadata = Object.entries(facts).map(([name, value]) => `${name} ${base64(value)}`).join(",");
  const headers = { ...TUS, "Upload-Length": String(size), "Upload-Metadata": metadata };
  const answer = await api.answer("POST", `/api/projects/${project}/files/`, { headers, signal });
  return answer.headers.get("Location");
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
