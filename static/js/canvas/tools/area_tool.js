import { PolygonTool } from "./polygon_tool.js";

const KEPT = { clear() {} }; // what is drawn here is done to what is selected

/** Draws a polygon that is no shape of its own: it is added to what is selected, or cut out of it. */
export class AreaTool extends PolygonTool {
  gives = null;

  /** @param {import("../stage.js").Stage} stage @param {(rings: number[][][]) => void} done */
  constructor(stage, done) {
    super(/** @type {any} */ ({
      draft: (shape, geometry) => stage.draft(shape, geometry),
      drawn: (_shape, { rings }) => done(rings),
      selection: KEPT,
    }), "polygon");
  }
}

/** Draws a line along which what is selected is parted. */
export class KnifeTool extends PolygonTool {
  gives = null;

  /** @param {import("../stage.js").Stage} stage @param {(points: number[][]) => void} done */
  constructor(stage, done) {
    super(/** @type {any} */ ({
      draft: (shape, geometry) => stage.draft(shape, geometry),
      drawn: (_shape, { points }) => done(points),
      selection: KEPT,
    }), "polyline");
  }
}
