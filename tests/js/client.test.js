import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

globalThis.gettext = (text) => text;
globalThis.document = Object.assign(new EventTarget(), { cookie: "theme=dark; csrftoken=secret", documentElement: { dataset: { person: "7" } } });

const { api, ApiError } = await import("../../static/js/api/client.js");
let server;
let base;

before(async () => {
  server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => answer(request, Buffer.concat(parts).toString(), response));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

function answer(request, body, response) {
  const { method, headers, url } = request;
  const status = Number(url.slice(1)) || 200;
  if (url === "/cut") {
    response.writeHead(200, { "Content-Length": 100 });
    response.write("{");
    return void setTimeout(() => response.destroy(), 20);
  }
  response.statusCode = status;
  if (status === 204) response.end();
  else if (status === 502) response.end("<html>a proxy's page</html>");
  else if (status >= 400) response.end(JSON.stringify({ error: { code: "invalid", message: "No.", fields: { name: ["Needed."] } }, revision: 7 }));
  else response.end(JSON.stringify({ method, body, csrf: headers["x-csrftoken"], person: headers["x-labelapp-person"], type: headers["content-type"] }));
}

test("bodies travel as JSON, and changes carry the CSRF token and for whom the page was made", async () => {
  const { method, body, csrf, person, type } = await api.patch(base, { name: "é" });
  assert.deepEqual([method, JSON.parse(body), csrf, person, type], ["PATCH", { name: "é" }, "secret", "7", "application/json"]);
  assert.equal((await api.get(base)).csrf, undefined);
});

test("an answer without a body is null", async () => {
  assert.equal(await api.delete(`${base}/204`), null);
});

test("a refusal is an ApiError with everything that the API says", async () => {
  const error = await api.post(`${base}/409`, {}).catch((caught) => caught);
  assert.ok(error instanceof ApiError);
  assert.deepEqual([error.status, error.code, error.message, error.fields, error.body.revision], [409, "invalid", "No.", { name: ["Needed."] }, 7]);
});

test("a page of a proxy becomes a sentence", async () => {
  await assert.rejects(api.get(`${base}/502`), { status: 502, message: "The server cannot answer just now." });
});

test("no connection is told apart from a refusal", async () => {
  await assert.rejects(api.get("http://127.0.0.1:1/"), { status: 0, code: "offline" });
});

test("an answer that is cut off inside is none", async () => {
  await assert.rejects(api.get(`${base}/cut`), { name: "ApiError", status: 0, code: "offline" });
});

test("the page hears when the session has ended, and how", async () => {
  const heard = [];
  document.addEventListener("signed-out", (event) => heard.push(/** @type {CustomEvent} */ (event).detail), { once: true });
  const error = await api.get(`${base}/401`).catch((caught) => caught);
  assert.equal(error.status, 401);
  assert.deepEqual(heard, [error]);
});

test("a cancelled question stays an AbortError", async () => {
  const controller = new AbortController();
  controller.abort();
  await assert.rejects(api.get(base, { signal: controller.signal }), { name: "AbortError" });
});

test("a signal that lives through many pieces is listened to by the one that is under way", async () => {
  const { signal } = new AbortController();
  const under = [];
  globalThis.XMLHttpRequest = /** @type {any} */ (class {
    upload = {};
    status = 204;
    responseText = "";
    open() {}
    setRequestHeader() {}
    send() {
      under.push(getEventListeners(signal, "abort").length);
      queueMicrotask(() => {
        /** @type {any} */ (this).onload();
        /** @type {any} */ (this).onloadend();
      });
    }
  });
  for (let piece = 0; piece < 3; piece += 1) await api.upload(base, new Blob([]), { signal, method: "PATCH" });
  assert.deepEqual(under, [1, 1, 1]);
});

test("asking again is worth it where the server may come back, not where it refused", () => {
  assert.deepEqual([0, 429, 500, 503].map((status) => new ApiError(status).passing), [true, true, true, true]);
  assert.deepEqual([400, 401, 403, 404, 409].map((status) => new ApiError(status).passing), [false, false, false, false, false]);
});

test("a refusal can be told without the name of its field", () => {
  const fields = { upsert: { 0: { class: ["Ada has deleted the class “cat”."] } } };
  const error = new ApiError(400, { error: { code: "invalid", message: "upsert.0.class: Ada has deleted the class “cat”.", fields } });
  assert.equal(error.plain, "Ada has deleted the class “cat”.");
  assert.equal(new ApiError(409, { error: { message: "In use.", fields: {} } }).plain, "In use.");
});
