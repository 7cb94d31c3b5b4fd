/**
 * Do it once at a time: the button says that it is busy, and what is asked meanwhile (Enter pressed twice) is not done.
 * @template Answer
 * @param {Element} button
 * @param {() => Promise<Answer>} work
 * @returns {Promise<Answer|undefined>}
 */
export async function once(button, work) {
  if (button.getAttribute("aria-busy") === "true") return undefined;
  button.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Go to another page. Ends when this one is left, so that the button that led there stays busy until then. */
export function leaveFor(address) {
  return new Promise((resolve) => {
    addEventListener("pagehide", () => resolve(undefined), { once: true });
    location.assign(address);
  });
}
