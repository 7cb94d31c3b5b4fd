import { shortcuts } from "../widgets/shortcuts.js";

/** The keys of the labelling page; those of the classes come last, so that they win. */
export class Keys {
  #endClasses = () => {};
  #pick;

  /** @param {any} verbs @param {{oneClass: boolean, may: any, draws: boolean}} project */
  constructor(verbs, { oneClass, may, draws }) {
    this.#pick = verbs.pick;
    // The name, which buttons and the keys that a person chooses go by, stays as it is.
    const key = (keys, label, run, name = undefined) => ({ keys, label, run, name });
    shortcuts.register(gettext("Images"), [
      key("ArrowRight", gettext("Next image"), () => verbs.step(1), "step:1"),
      key("Space", gettext("Skip to the next image"), () => verbs.step(1), "skip"),
      key("ArrowLeft", gettext("Previous image"), () => verbs.step(-1), "step:-1"),
      key("z", gettext("Zoom in, or show the whole image"), verbs.toggleZoom, "toggleZoom"),
      key("+", gettext("Zoom in"), () => verbs.zoom(1.5), "zoom:1.5"),
      key("-", gettext("Zoom out"), () => verbs.zoom(1 / 1.5), "zoom:0.667"),
    ]);
    if (!may.label) return;
    shortcuts.register(gettext("Labelling"), [
      key("Enter", oneClass ? gettext("Accept the top suggestion, or go on") : gettext("Accept the top suggestion, or mark as labelled and go on"), verbs.enter, "enter"),
      key("shift+Enter", gettext("Mark as labelled and go on"), verbs.finish, "finish"),
      key("Delete", draws ? gettext("Delete what is selected, or refuse the top suggestion") : gettext("Refuse the top suggestion"), verbs.delete, "delete"),
      key("x", gettext("Refuse the top suggestion"), verbs.refuseTop, "refuseTop"),
      ...(draws ? [key("y", gettext("Accept all suggestions that are shown"), verbs.acceptAll, "acceptAll")] : []),
      ...(oneClass ? [] : [key("n", gettext("Mark as labelled with nothing on it"), verbs.nothing, "nothing")]),
      key("mod+z", gettext("Undo"), verbs.undo, "undo"),
      key(["mod+shift+z", "mod+y"], gettext("Redo"), verbs.redo, "redo"),
      key("mod+s", gettext("Save now"), verbs.save, "save"),
      key("/", gettext("Find a class"), verbs.findClass, "findClass"),
    ]);
    if (draws) this.#drawingKeys(verbs, key);
    if (!may.review) return;
    shortcuts.register(gettext("Review"), [
      key("shift+a", gettext("Approve and go on"), verbs.approve, "approve"),
      key("shift+s", gettext("Send back with a comment"), verbs.sendBack, "sendBack"),
    ]);
  }

  #drawingKeys(verbs, key) {
    /** @type {[string, number, number, string][]} */
    const nudges = [
      ["ArrowLeft", -1, 0, gettext("Move what is selected to the left")], ["ArrowRight", 1, 0, gettext("Move what is selected to the right")],
      ["ArrowUp", 0, -1, gettext("Move what is selected up")], ["ArrowDown", 0, 1, gettext("Move what is selected down")],
    ];
    shortcuts.register(gettext("Drawing"), [
      key("v", gettext("Select and move"), () => verbs.tool("select"), "tool:select"),
      key("r", gettext("Box"), () => verbs.tool("box"), "tool:box"),
      key("shift+r", gettext("Rotated box"), () => verbs.tool("rotated_box"), "tool:rotated_box"),
      key("o", gettext("Ellipse"), () => verbs.tool("ellipse"), "tool:ellipse"),
      key("p", gettext("Polygon"), () => verbs.tool("polygon"), "tool:polygon"),
      key("l", gettext("Polyline"), () => verbs.tool("polyline"), "tool:polyline"),
      key("k", gettext("Keypoints"), () => verbs.tool("keypoints"), "tool:keypoints"),
      key("m", gettext("A point hidden, or seen again"), verbs.pointSeen, "pointSeen"),
      key("alt+m", gettext("A point that is not there"), verbs.pointAbsent, "pointAbsent"),
      key("alt+k", gettext("Left and right points change places"), verbs.mirrorPoints, "mirrorPoints"),
      key("b", gettext("Brush"), () => verbs.tool("brush"), "tool:brush"),
      key("e", gettext("Eraser"), () => verbs.tool("eraser"), "tool:eraser"),
      key("w", gettext("Magic wand"), () => verbs.tool("wand"), "tool:wand"),
      key("shift+k", gettext("Cut out: find the outline of what is in a box"), () => verbs.tool("cutout"), "tool:cutout"),
      key("s", gettext("Scissors: a line that follows edges"), () => verbs.tool("scissors"), "tool:scissors"),
      key("u", gettext("Paint with superpixels"), () => verbs.tool("superpixels"), "tool:superpixels"),
      key("shift+w", gettext("Fit what is selected to the edges of the thing"), verbs.fitToEdges, "fitToEdges"),
      key("shift+d", gettext("Find all like what is selected"), () => verbs.findLike(), "findLike"),
      key("[", gettext("Smaller tip of brush or eraser, less tolerance of the wand, smaller superpixels"), () => verbs.tipSize(-1), "tipSize:-1"),
      key("]", gettext("Larger tip of brush or eraser, more tolerance of the wand, larger superpixels"), () => verbs.tipSize(1), "tipSize:1"),
      key("shift+b", gettext("Add an area to a mask or polygon"), () => verbs.tool("area_add"), "tool:area_add"),
      key("shift+x", gettext("Cut an area out of a mask or polygon"), () => verbs.tool("area_cut"), "tool:area_cut"),
      key("alt+j", gettext("Split by a line"), () => verbs.tool("knife"), "tool:knife"),
      key("j", gettext("Join what is selected into one"), verbs.join, "join"),
      key("shift+m", gettext("Make masks of what is selected"), verbs.toMask, "toMask"),
      key("shift+p", gettext("Make polygons of what is selected"), verbs.toPolygon, "toPolygon"),
      key("shift+h", gettext("Fill the holes of what is selected"), verbs.fillHoles, "fillHoles"),
      key("shift+l", gettext("Simplify the outlines of what is selected"), verbs.simplify, "simplify"),
      key("t", gettext("Classes of the whole image"), () => verbs.tool("tag"), "tool:tag"),
      key("alt+a", gettext("A pointer on the image that the arrow keys move, on and off"), verbs.keyPointer, "keyPointer"),
      key("Escape", gettext("Give up the shape, the selection, the tool"), verbs.escape),
      key("shift+n", gettext("The tool before; or finish what is being drawn"), verbs.repeatTool, "repeatTool"),
      key("Backspace", gettext("Take back the last click of what is being drawn, or delete what is selected"), verbs.deleteSelected, "deleteSelected"),
      key("mod+a", gettext("Select all shapes"), verbs.selectAll, "selectAll"),
      key("mod+c", gettext("Copy what is selected"), verbs.copy, "copy"),
      key("mod+v", gettext("Paste what was copied, on this image or another"), verbs.paste, "paste"),
      key("mod+b", gettext("Repeat the shapes of the image before"), verbs.repeat, "repeat"),
      ...nudges.flatMap(([arrow, dx, dy, label]) => [
        key(`alt+${arrow}`, label, () => verbs.nudge(dx, dy), `nudge:${arrow}`),
        key(`alt+shift+${arrow}`, interpolate(gettext("%s by ten pixels"), [label]), () => verbs.nudge(10 * dx, 10 * dy), `nudgeFar:${arrow}`),
      ]),
    ]);
  }

  /** @param {any[]} classes */
  setClasses(classes) {
    this.#endClasses();
    const bindings = classes.filter((each) => each.key).map((each) => ({ keys: each.key, label: each.name, run: () => this.#pick(each.id) }));
    this.#endClasses = shortcuts.register(gettext("Classes"), bindings);
  }
}
