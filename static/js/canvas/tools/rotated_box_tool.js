import { ClickedTool } from "./clicked_tool.js";

/** Draws a rotated box by three clicks: both ends of one side, then how far the opposite side is. */
export class RotatedBoxTool extends ClickedTool {
  name = "rotated_box";

  down(at) {
    if (at.button === 2) this.back();
    else if (this.points.length < 2) this.points.push([at.x, at.y]);
    else this.#finish(at);
    return true;
  }

  move(at) {
    if (this.points.length === 1) this.stage.draft("polyline", { points: [...this.points, [at.x, at.y]] });
    else if (this.busy) this.stage.draft(this.name, rotatedBox(...this.points, at));
  }

  /** One point less. */
  back() {
    this.points.pop();
    this.stage.draft(null);
  }

  #finish(at) {
    const geometry = rotatedBox(...this.points, at);
    this.cancel();
    this.stage.drawn(this.name, geometry);
  }
}

/** The box that has one side from a to b and reaches as far as the third place. */
export function rotatedBox([ax, ay], [bx, by], { x, y }) {
  const width = Math.hypot(bx - ax, by - ay);
  const [ux, uy] = [(bx - ax) / (width || 1), (by - ay) / (width || 1)];
  const reach = (y - ay) * ux - (x - ax) * uy; // along the normal (-uy, ux)
  const [cx, cy] = [(ax + bx - uy * reach) / 2, (ay + by + ux * reach) / 2];
  const angle = (Math.atan2(uy, ux) * 180) / Math.PI;
  return { box: [cx - width / 2, cy - Math.abs(reach) / 2, width, Math.abs(reach)], angle };
}
