import { PolygonTool } from "./polygon_tool.js";

/** Draws a polygon that is no shape of its own: it is added to what is selected, or cut out of it. */
export class AreaTool extends PolygonTool {
  gives = null;

  /** @param {import("../stage.js").Stage} stage @param {(rings: number[][][]) => void} done */
  constructor(stage, done) {
    super(/** @type {any} */ ({
      draft: (shape, geometry) => stage.draft(shape, geometry),
      drawn: (_shape, { rings }) => done(rings),
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
    }), "polyline");
  }
}
