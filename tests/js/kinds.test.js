import assert from "node:assert/strict";
import test from "node:test";
import { kindOf } from "../../static/js/canvas/kinds/index.js";
import { rotatedBox } from "../../static/js/canvas/tools/rotated_box_tool.js";
import { outline } from "../../static/js/canvas/svg_path.js";

const IMAGE = { width: 100, height: 80 };
const SHAPES = {
  box: { box: [10, 10, 20, 30] },
  rotated_box: { box: [10, 10, 20, 30], angle: 30 },
  polygon: { rings: [[[10, 10], [40, 10], [40, 40], [10, 40]], [[20, 20], [30, 20], [30, 30], [20, 30]]] },
  polyline: { points: [[10, 10], [40, 10], [40, 40]] },
  keypoints: { points: [[10, 10, 2], [0, 0, 0], [40, 40, 1]] },
  ellipse: { center: [30, 30], radii: [20, 10], angle: 90 },
};

const close = (found, wanted) => assert.ok(Math.abs(found - wanted) < 1e-6, `${found} is not ${wanted}`);

for (const [shape, geometry] of Object.entries(SHAPES)) {
  test(`a ${shape} that is moved has its bounds and handles moved as far, and what it was is left alone`, () => {
    const kind = kindOf(shape);
    const before = structuredClone(geometry);
    const moved = kind.move(geometry, 5, -3);
    for (const [index, value] of kind.bounds(moved).entries()) close(value, kind.bounds(geometry)[index] + [5, -3][index % 2]);
    for (const [index, place] of kind.handles(moved).entries()) {
      if (!place) continue; // a point that is not there
      const [x, y] = place;
      close(x, kind.handles(geometry)[index][0] + 5);
      close(y, kind.handles(geometry)[index][1] - 3);
    }
    assert.deepEqual(geometry, before);
  });

  test(`every handle of a ${shape} goes where it is drawn`, () => {
    const kind = kindOf(shape);
    for (const [index, place] of kind.handles(geometry).entries()) {
      if (!place) continue;
      const [x, y] = place;
      const [hx, hy] = kind.handles(kind.withHandle(geometry, index, [x + 1, y + 1]))[index];
      // A side goes along one axis only.
      assert.ok(Math.hypot(hx - x - 1, hy - y - 1) < Math.SQRT2, `${shape} ${index}: ${hx} ${hy}`);
      assert.ok(Math.hypot(hx - x, hy - y) > 0.1, `${shape} ${index} stays`);
    }
  });
}

test("a place is in a shape, on its outline or in its hole", () => {
  const { polygon, ellipse, rotated_box: turned, polyline } = SHAPES;
  assert.deepEqual([kindOf("polygon").covers(polygon, 15, 15), kindOf("polygon").covers(polygon, 25, 25)], [true, false]);
  close(kindOf("polygon").distance(polygon, 25, 12), 2);
  assert.deepEqual([kindOf("ellipse").covers(ellipse, 30, 48), kindOf("ellipse").covers(ellipse, 48, 30)], [true, false]);
  close(kindOf("ellipse").distance(ellipse, 30, 52), 2);
  assert.equal(kindOf("rotated_box").covers(turned, 11, 11), false);
  assert.equal(kindOf("box").covers(turned, 20, 25), true);
  close(kindOf("polyline").distance(polyline, 43, 20), 3);
});

test("a box whose corner is drawn past the opposite one is turned over, not inside out", () => {
  assert.deepEqual(kindOf("box").withHandle(SHAPES.box, 0, [50, 60]), { box: [30, 40, 20, 20] });
});

test("the opposite corner of a rotated box stays where it is", () => {
  const kind = kindOf("rotated_box");
  const [x, y] = kind.handles(SHAPES.rotated_box)[4];
  const [hx, hy] = kind.handles(kind.withHandle(SHAPES.rotated_box, 0, [2, 3]))[4];
  close(hx, x);
  close(hy, y);
});

test("what lies outside the image is cut off, and nothing is left of what lies there as a whole", () => {
  const box = kindOf("box");
  assert.deepEqual(box.inside({ box: [-10, 70, 30, 30] }, IMAGE), { box: [0, 70, 20, 10] });
  assert.equal(box.exists(box.inside({ box: [110, 10, 5, 5] }, IMAGE)), false);
  const polygon = kindOf("polygon");
  assert.deepEqual(polygon.inside({ rings: [[[-10, 10], [10, -10], [30, 10], [10, 30]]] }, IMAGE), { rings: [[[0, 20], [0, 0], [20, 0], [30, 10], [10, 30]]] });
  assert.deepEqual(polygon.inside({ rings: [[[-40, 10], [60, 10], [60, 50]], [[-30, 12], [-20, 12], [-20, 15]], [[20, 12], [50, 12], [50, 30]]] }, IMAGE).rings.length, 2);
  assert.equal(polygon.exists(polygon.inside({ rings: [[[-9, 10], [-2, 10], [-2, 50]]] }, IMAGE)), false);
  assert.deepEqual([polygon.exists({ rings: [[[1, 1], [2, 2], [1, 1]]] }), polygon.exists({ rings: [[[1, 1], [9, 9], [9, 1], [1, 9]]] })], [false, true]);
});

test("an ellipse and a rotated box are never cut, but are nothing beyond the image, where the server refuses them", () => {
  const ellipse = (x) => ({ center: [x, 10], radii: [20, 10], angle: 0 });
  const turned = (x) => ({ box: [x, 10, 20, 20], angle: 45 });
  for (const [shape, made] of Object.entries({ ellipse, rotated_box: turned })) {
    assert.deepEqual(kindOf(shape).inside(made(95), IMAGE), made(95));
    assert.equal(kindOf(shape).inside(made(130), IMAGE), null);
  }
});

test("a mask knows its bounds and its pixels", () => {
  const mask = { size: [4, 5], counts: [5, 2, 2, 2, 9] }; // rows 1 and 2 of the columns 1 and 2
  const kind = kindOf("mask");
  assert.deepEqual(kind.bounds(mask), [1, 1, 3, 3]);
  const inside = [];
  for (let y = 0; y < 4; y += 1) for (let x = 0; x < 5; x += 1) if (kind.covers(mask, x + 0.5, y + 0.5)) inside.push([x, y]);
  assert.deepEqual(inside, [[1, 1], [2, 1], [1, 2], [2, 2]]);
  assert.deepEqual(kind.bounds({ size: [4, 5], counts: [2, 4, 14] }), [0, 0, 2, 4]);
});

test("an outline is written for the overlay as it is drawn", () => {
  assert.equal(outline(kindOf("polygon"), { rings: [[[1, 2], [3, 4], [5, 6]]] }), "M1 2L3 4L5 6Z");
  assert.equal(outline(kindOf("ellipse"), { center: [10, 10], radii: [4, 2] }), "M14 10A4 2 0 1 1 6 10A4 2 0 1 1 14 10");
});

test("a vertex is made on the edge that is nearest, and taken away again, but a triangle stays one", () => {
  const polygon = kindOf("polygon");
  const more = polygon.withVertex(SHAPES.polygon, [25, 29]);
  assert.deepEqual(more.rings[1], [[20, 20], [30, 20], [30, 30], [25, 29], [20, 30]]);
  assert.deepEqual(polygon.withoutVertex(more, 7), SHAPES.polygon);
  const triangle = { rings: [[[0, 0], [4, 0], [0, 4]]] };
  assert.deepEqual(polygon.withoutVertex(triangle, 1), triangle);
  assert.deepEqual(polygon.withVertex(triangle, [0, 2]).rings, [[[0, 2], [0, 0], [4, 0], [0, 4]]]);
  const line = kindOf("polyline");
  assert.deepEqual(line.withVertex(SHAPES.polyline, [38, 25]).points, [[10, 10], [40, 10], [38, 25], [40, 40]]);
  assert.deepEqual(line.withoutVertex({ points: [[0, 0], [1, 1]] }, 0).points, [[0, 0], [1, 1]]);
});

test("a rotated box has the side that was drawn, and reaches as far as the third place", () => {
  const close = (found, wanted) => found.every((each, index) => Math.abs(each - wanted[index]) < 1e-9);
  assert.deepEqual(rotatedBox([10, 10], [30, 10], { x: 99, y: 20 }), { box: [10, 10, 20, 10], angle: 0 });
  const { box, angle } = rotatedBox([10, 10], [10, 30], { x: 4, y: 0 });
  assert.ok(close([...box, angle], [-3, 17, 20, 6, 90]), `${box} ${angle}`);
  assert.deepEqual(rotatedBox([10, 10], [30, 10], { x: 0, y: 5 }).box, [10, 5, 20, 5]);
});

test("what turns has a handle beyond its upper side", () => {
  assert.deepEqual(kindOf("rotated_box").turnHandle({ box: [0, 0, 20, 10], angle: 0 }, 8), [10, -8]);
  const [x, y] = kindOf("ellipse").turnHandle({ center: [10, 10], radii: [4, 2], angle: 90 }, 8);
  assert.ok(Math.abs(x - 20) < 1e-9 && Math.abs(y - 10) < 1e-9, `${x} ${y}`);
  assert.equal(kindOf("box").turns, undefined);
});
