// The worker that draws shapes reads its modules while those of the page are on their way.
{
  const { worker } = document.currentScript.dataset;
  globalThis.earlyWorker = new Worker(worker, { type: "module" });
  globalThis.earlyWorker.onerror = () => {
    globalThis.earlyWorker = null; // the layer makes another one, and tells what becomes of it
  };
}
