/**
 * Numbers from 0 to 255 as the engine packs them into JSON: deflated, in base64.
 * @param {string} text @returns {Promise<Uint8Array>}
 */
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
