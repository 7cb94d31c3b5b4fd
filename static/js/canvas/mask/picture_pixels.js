let kept = { address: "", pixels: /** @type {Promise<ImageData>|null} */ (null) }; // of the last image: several clicks are usual

/** The colours of an image as it is shown, without what is only done for the eye. @param {{display: string}} item @returns {Promise<ImageData>} */
export function pixelsOf({ display }) {
  if (kept.address !== display || !kept.pixels) {
    kept = { address: display, pixels: read(display) };
    kept.pixels?.catch(() => (kept = { address: "", pixels: null }));
  }
  return /** @type {Promise<ImageData>} */ (kept.pixels);
}

async function read(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height);
}
