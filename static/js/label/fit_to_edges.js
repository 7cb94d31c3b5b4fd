import { kindOf } from "../canvas/kinds/index.js";
import { toast } from "../widgets/toast.js";

const MOST = 20; // shapes at once: each takes the server some tenths of a second
const WIDER = 0.08; // of its size, a shape that was drawn too small finds its edges as well

/**
 * What is selected becomes what stands out there, in the kind of shape it has, in one change.
 * @param {import("../canvas/stage.js").Stage} stage @param {import("./shaping.js").Shaping} shaping @param {import("./assistant.js").Assistant} assistant
 */
export async function fitToEdges(stage, shaping, assistant) {
  const { item, mayEdit } = stage;
  const { selected } = shaping;
  if (!item || !mayEdit) return;
  if (!selected.length) return void toast(gettext("Select a shape that has an area first."), { seconds: 3 });
  if (selected.length > MOST) return void toast(interpolate(gettext("Select at most %s shapes for that."), [MOST]), { seconds: 4 });
  const found = await Promise.all(selected.map((each) => assistant.ask("grabcut", inputFor(each, item))));
  const reshaped = selected.flatMap(({ id, shape, geometry }, index) => {
    const there = stage.scene.get(id)?.geometry;
    const moved = JSON.stringify(there) !== JSON.stringify(geometry); // or deleted, while the answer was under way
    return found[index]?.[0] && !moved ? [{ id, shape, geometry: found[index][0].geometry }] : [];
  });
  if (reshaped.length) assistant.reshape(item, reshaped);
  else if (found.some(Boolean)) assistant.nothing();
  return undefined;
}

/** @param {{shape: string, geometry: any}} each @param {{width: number, height: number}} item */
export function inputFor({ shape, geometry }, { width, height }) {
  const [left, top, right, bottom] = kindOf(shape).bounds(geometry);
  const dx = (right - left) * WIDER, dy = (bottom - top) * WIDER;
  const x = Math.max(left - dx, 0), y = Math.max(top - dy, 0);
  return { box: [x, y, Math.min(right + dx, width) - x, Math.min(bottom + dy, height) - y], shape, about: { shape, geometry } };
}
