import { Raster } from "./raster.js";
import { Scene } from "./scene.js";

/**
 * Draws the shapes beside the page, so that nothing there waits for it. What came while it drew is taken together.
 *
 * It is told {set, drop, hidden, look, sharp, coarse, version}: shapes and ids as in Scene, all ids that are hidden, and the
 * parts to show. It answers {part, frame, version, picture} for each part that looks different; no picture where there is
 * no shape.
 */
const scene = new Scene();
const hidden = new Set();
const rasters = { sharp: new Raster(scene, hidden), coarse: new Raster(scene, hidden) };
const frames = {};
const places = [];
let look = /** @type {any} */ (null); // how shapes are to look from now on
let version = 0;
let waiting = false;

globalThis.onmessage = ({ data }) => {
  if (data.clear) {
    places.push(...scene.drop(scene.ids()));
  }
  if (data.set) places.push(...scene.set(data.set));
  if (data.drop) places.push(...scene.drop(data.drop));
  if (data.hidden) hide(data.hidden);
  if (data.look) look = data.look;
  if (data.sharp) frames.sharp = data.sharp;
  if (data.coarse) frames.coarse = data.coarse;
  version = data.version;
  if (waiting) return;
  waiting = true;
  setTimeout(draw);
};

function hide(ids) {
  const changed = [...hidden].filter((id) => !ids.includes(id)).concat(ids.filter((id) => !hidden.has(id)));
  hidden.clear();
  for (const id of ids) hidden.add(id);
  for (const id of changed) if (scene.get(id)) places.push(scene.get(id).bounds);
}

async function draw() {
  waiting = false;
  const drawn = version;
  const changed = places.splice(0);
  const anew = look;
  look = null;
  for (const [part, raster] of Object.entries(rasters)) {
    const frame = frames[part];
    if (!frame) continue;
    const moved = frame !== raster.frame;
    if (!scene.size) raster.clear();
    else if (changed.length) raster.renew(changed);
    // The coarse picture is seen stretched: names in it would be as large as houses.
    if (anew) raster.look = part === "coarse" ? { ...anew, names: "off" } : anew;
    if (moved && scene.size) raster.show(frame);
    if (!moved && !changed.length && !anew) continue;
    const picture = scene.size ? await raster.picture() : null;
    /** @type {any} */ (globalThis).postMessage({ part, frame, version: drawn, picture }, picture ? [picture] : []);
  }
}
