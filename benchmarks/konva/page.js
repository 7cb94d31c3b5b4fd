// What its documentation shows for many shapes: pictures and shapes on layers of their own, strokes that do not scale,
// no perfect drawing, zoom by the wheel at the pointer, and a Transformer around the one that is selected.
/* global Konva */
Konva.dragButtons = [0, 1];
const { shapes, mark } = await (await fetch("shapes.json")).json();
const picture = new Image();
picture.src = "picture.jpg";
await picture.decode();

const stage = new Konva.Stage({ container: "stage", width: 1130, height: 740, draggable: true });
const below = new Konva.Layer({ listening: false });
below.add(new Konva.Image({ image: picture }));
const layer = new Konva.Layer();
const usual = { strokeWidth: 2, strokeScaleEnabled: false, perfectDrawEnabled: false, shadowForStrokeEnabled: false };
for (const each of shapes) layer.add(made(each));
const selected = made(mark);
selected.draggable(true);
layer.add(selected, new Konva.Transformer({ nodes: [selected], rotateEnabled: false, keepRatio: false }));
stage.add(below, layer);
stage.on("wheel", zoom);
globalThis.fit = fit;
fit();
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("shapes-drawn")));

function made({ shape, geometry, color }) {
  const node = form(shape, geometry);
  node.setAttrs({ ...usual, stroke: color, fill: shape === "polyline" ? undefined : `${color}29` });
  node.on("mouseenter", () => node.strokeWidth(4));
  node.on("mouseleave", () => node.strokeWidth(2));
  return node;
}

function form(shape, { box, angle = 0, center, radii, rings, points }) {
  if (shape === "ellipse") return new Konva.Ellipse({ x: center[0], y: center[1], radiusX: radii[0], radiusY: radii[1], rotation: angle });
  if (shape === "polygon") return new Konva.Line({ points: rings[0].flat(), closed: true });
  if (shape === "polyline") return new Konva.Line({ points: points.flat() });
  const [x, y, width, height] = box;
  return new Konva.Rect({ x: x + width / 2, y: y + height / 2, offsetX: width / 2, offsetY: height / 2, width, height, rotation: angle });
}

function fit() {
  const scale = Math.min(stage.width() / picture.width, stage.height() / picture.height);
  stage.scale({ x: scale, y: scale });
  stage.position({ x: (stage.width() - picture.width * scale) / 2, y: (stage.height() - picture.height * scale) / 2 });
}

function zoom({ evt }) {
  evt.preventDefault();
  const before = stage.scaleX(), at = stage.getPointerPosition();
  const scale = before * Math.exp(-evt.deltaY / 500);
  stage.scale({ x: scale, y: scale });
  stage.position({ x: at.x - ((at.x - stage.x()) / before) * scale, y: at.y - ((at.y - stage.y()) / before) * scale });
}
