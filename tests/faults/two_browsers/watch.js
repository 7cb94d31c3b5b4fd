// Runs before the labelling page's own scripts, and tells the test what the page writes into its journal, what it says
// of saving, and what it draws. It changes nothing.
(() => {
  if (!location.pathname.endsWith("/label/")) return;
  const tell = (kind, more = {}) => globalThis.noted({ kind, at: Date.now(), ...more });

  const { add, put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (entry, ...rest) {
    if (this.name === "changes") {
      tell("made", { entry });
      this.transaction.addEventListener("complete", () => tell("kept", { key: entry.key }));
    }
    return add.call(this, entry, ...rest);
  };

  // A change that is written with what others did is one that the person is asked about, until it is written without.
  IDBObjectStore.prototype.put = function (entry, ...rest) {
    const things = (change) => [...(change.upsert ?? []).map((each) => each.id), ...(change.delete ?? [])];
    if (this.name === "changes") tell("asked_about", { image: entry.image, key: entry.key, about: entry.theirs ? [entry.change, ...entry.theirs].flatMap(things) : [] });
    return put.call(this, entry, ...rest);
  };

  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.matches?.("[data-saved]") && target.dataset.state === "saved") tell("saved");
  }).observe(document, { subtree: true, attributeFilter: ["data-state"] });

  // What is sent to the worker that draws is what is seen.
  const shapes = new Map();
  globalThis.shapesSeen = shapes;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.clear) shapes.clear();
    for (const { id, shape, geometry } of message.set ?? []) shapes.set(id, { shape, geometry });
    for (const id of message.drop ?? []) shapes.delete(id);
    return postMessage.call(this, message, ...rest);
  };
})();
