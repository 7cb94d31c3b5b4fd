/** What the API refused. `fields` names each wrong field; status 0 means that no answer came. */
export class ApiError extends Error {
  /** @param {number} status @param {any} [body] */
  constructor(status, body) {
    const error = body?.error ?? {};
    super(error.message || fallback(status));
    this.name = "ApiError";
    this.status = status;
    this.code = error.code ?? (status ? "unexpected" : "offline");
    this.fields = error.fields ?? {};
    this.body = body;
  }

  /** The first problem without its field's name, for somebody who has filled in no form. */
  get plain() {
    return firstOf(this.fields) || this.message;
  }

  /** Whether asking again after a while may be answered: no connection, a server in trouble, or asked too often. */
  get passing() {
    return !this.status || this.status === 429 || this.status >= 500;
  }
}

/** The first sentence of what is wrong with a field, or with all of them. @param {any} problems */
export function firstOf(problems) {
  while (typeof problems === "object" && problems) [problems] = Object.values(problems);
  return problems ? String(problems) : "";
}

function fallback(status) {
  if (!status) return gettext("No connection to the server.");
  if (status === 413) return gettext("This is too large for the server.");
  if (status === 502 || status === 503 || status === 504) return gettext("The server cannot answer just now.");
  return gettext("The server met an unexpected problem.");
}
