import assert from "node:assert/strict";
import { test } from "node:test";
import { pairsByName, partnerOf, reordered, toDraft, toSkeleton, withEdge, withFields, withPartner, withPoint, withoutPoint } from "../../static/js/lib/skeleton_draft.js";

const NAMES = ["nose", "left_eye", "right_eye", "left_ear"];
const FACE = { points: NAMES.map((name) => ({ name, x: 0.5, y: 0.5 })), edges: [[0, 1], [0, 2], [1, 3]], flip: [[1, 2]] };
const draft = () => toDraft(FACE);

test("a skeleton that nobody has changed is sent as it was, and one without points as none", () => {
  assert.deepEqual(toSkeleton(draft()), FACE);
  assert.deepEqual(toSkeleton(toDraft({})), {});
  assert.deepEqual(toSkeleton(toDraft({ points: FACE.points, edges: [] })), { points: FACE.points, edges: [] });
});

test("a point that goes takes its lines and its pair along, and the others keep theirs", () => {
  const { points, edges, flip } = withoutPoint(draft(), 1);
  assert.deepEqual([points.map((each) => each.name), edges, flip], [["nose", "right_eye", "left_ear"], [[0, 1]], []]);
});

test("points in another order keep their lines and pairs", () => {
  const { points, edges, flip } = reordered(draft(), [3, 1, 2, 0]);
  assert.deepEqual([points[0].name, edges, flip], ["left_ear", [[3, 1], [3, 2], [1, 0]], [[1, 2]]]);
});

test("a new point has a name that no other has, and no point leaves the frame", () => {
  const more = withPoint(withFields(draft(), 0, { name: "point_5" }), 2, -1);
  assert.deepEqual(more.points.at(-1), { name: "point_6", x: 1, y: 0 });
});

test("a line that is drawn twice is taken away, from either end", () => {
  assert.deepEqual(withEdge(draft(), 1, 0).edges, [[0, 2], [1, 3]]);
  assert.deepEqual(withEdge(draft(), 2, 3).edges.at(-1), [2, 3]);
  assert.equal(withEdge(draft(), 2, 2).edges.length, 3);
});

test("a point is in one pair only", () => {
  const changed = withPartner(draft(), 3, 1);
  assert.deepEqual([changed.flip, partnerOf(changed, 1), partnerOf(changed, 2)], [[[1, 3]], 3, null]);
  assert.deepEqual(withPartner(changed, 1, null).flip, []);
});

for (const [names, pairs] of [
  [["left_eye", "right_eye"], [[0, 1]]],
  [["Eye.L", "Eye.R"], [[0, 1]]],
  [["rightHand", "leftHand"], [[0, 1]]],
  [["mouth_left", "nose", "mouth_right"], [[0, 2]]],
  [["left", "nose"], []],
  [["leftover", "rightover"], [[0, 1]]],
  [["ball", "barr"], []],
]) {
  test(`${names.join(", ")} have ${pairs.length} pairs`, () => {
    assert.deepEqual(pairsByName(toDraft({ points: names.map((name) => ({ name, x: 0, y: 0 })) })), pairs);
  });
}
