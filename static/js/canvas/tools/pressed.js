const CLICK = 4; // CSS pixels

/** Whether the pointer has gone so far since a press that it is no click any more. @param {{screenX: number, screenY: number}} from @param {{screenX: number, screenY: number}} to */
export const dragged = (from, to) => Math.hypot(to.screenX - from.screenX, to.screenY - from.screenY) > CLICK;

/**
 * The box that has two places of the image as opposite corners: left, top, width, height.
 * @param {{x: number, y: number}} from @param {{x: number, y: number}} to @returns {[number, number, number, number]}
 */
export const boxBetween = (from, to) => [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
