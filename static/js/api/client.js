import { ApiError } from "./error.js";

export { ApiError };

const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Ask the JSON API. Every call gives the parsed answer (null when it has no body) or throws an ApiError. */
export const api = {
  /** @param {string} url @param {{signal?: AbortSignal}} [options] */
  get: (url, options) => request("GET", url, undefined, options),
  post: (url, body, options) => request("POST", url, body, options),
  put: (url, body, options) => request("PUT", url, body, options),
  patch: (url, body, options) => request("PATCH", url, body, options),
  delete: (url, body, options) => request("DELETE", url, body, options),
  upload,
  answer,
};

async function request(method, url, body, options) {
  const response = await answer(method, url, { ...options, body });
  return read(response.status, await connected(response.text()));
}

/**
 * For what is said in headers: the response itself, once it is known to be none of an error.
 * @param {string} method
 * @param {string} url
 * @param {{body?: any, headers?: Record<string, string>, signal?: AbortSignal, keepalive?: boolean}} [options]
 */
async function answer(method, url, { body, headers: more, signal, keepalive } = {}) {
  const headers = { ...headersFor(method), ...more };
  if (body !== undefined && !(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(body);
  }
  const response = await connected(fetch(url, { method, headers, body, signal, keepalive, credentials: "same-origin" }));
  if (!response.ok) read(response.status, await connected(response.text()));
  return response;
}

/** A connection that is cut, before the answer or inside of it, is no answer. */
async function connected(part) {
  try {
    return await part;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0);
  }
}

/**
 * Send files with progress, which fetch cannot tell.
 * @param {string} url
 * @param {FormData|Blob} data
 * @param {{onProgress?: (sent: number, total: number) => void, signal?: AbortSignal, method?: string, headers?: Record<string, string>}} [options]
 * @returns {Promise<any>}
 */
function upload(url, data, { onProgress, signal, method = "POST", headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open(method, url);
    for (const [name, value] of Object.entries({ ...headersFor(method), ...headers })) sending.setRequestHeader(name, value);
    sending.upload.onprogress = (event) => onProgress?.(event.loaded, event.total);
    sending.onload = () => {
      try {
        resolve(read(sending.status, sending.responseText));
      } catch (error) {
        reject(error);
      }
    };
    sending.onerror = () => reject(new ApiError(0));
    const cancelled = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    sending.onabort = cancelled;
    if (signal?.aborted) return cancelled();
    const abort = () => sending.abort();
    signal?.addEventListener("abort", abort);
    sending.onloadend = () => signal?.removeEventListener("abort", abort); // a signal lives through many pieces
    sending.send(data);
  });
}

function read(status, text) {
  const body = parse(text);
  if (status >= 200 && status < 300) return body;
  const error = new ApiError(status, body);
  if (status === 401) document.dispatchEvent(new CustomEvent("signed-out", { detail: error }));
  throw error;
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // an error page of a proxy
  }
}

function headersFor(method) {
  const headers = { Accept: "application/json" };
  if (!UNSAFE.has(method)) return headers;
  headers["X-CSRFToken"] = cookie("csrftoken");
  // For whom this page was made: the cookie may be somebody else's by now.
  const { person } = document.documentElement.dataset;
  if (person) headers["X-LabelApp-Person"] = person;
  return headers;
}

/** Read each time: signing in again in another tab changes it. */
function cookie(name) {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
