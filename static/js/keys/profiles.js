/**
 * Keys as other tools have them, for hands that know those. A profile names only commands whose keys differ from ours;
 * where it takes a key from a command of ours, it gives that one another.
 * @type {Record<string, {title: string, keys: Record<string, string[]>}>}
 */
export const PROFILES = {
  labelapp: { title: "LabelApp", keys: {} },
  cvat: {
    title: "CVAT",
    keys: {
      "step:1": ["f", "ArrowRight"],
      "step:-1": ["d", "ArrowLeft"],
      repeatTool: ["n"],
      nothing: ["alt+n"],
      zoomToSelected: ["alt+z"],
      delete: ["Delete", "shift+Delete"],
      keys: ["F2", "mod+,"],
      // H and L hide and lock, and after T all of them.
      "tool:tag": ["alt+t"],
      "tool:polyline": ["alt+p"],
      hideAll: ["t h"],
      lock: ["l"],
      lockAll: ["t l"],
      forward: ["+", "="],
      backward: ["-", "_"],
      "zoom:1.5": ["mod++", "mod+="],
      "zoom:0.667": ["mod+-"],
    },
  },
  labelStudio: {
    title: "Label Studio",
    keys: {
      "step:1": ["mod+ArrowRight", "ArrowRight"],
      "step:-1": ["mod+ArrowLeft", "ArrowLeft"],
      skip: ["mod+Space", "Space"],
      finish: ["mod+Enter", "shift+Enter"],
      "zoom:1.5": ["mod++", "mod+=", "+"],
      "zoom:0.667": ["mod+-", "-"],
      hide: ["alt+h"],
      hideAll: ["h"],
    },
  },
  labelme: {
    title: "labelme",
    keys: {
      "step:1": ["d", "ArrowRight"],
      "step:-1": ["a", "ArrowLeft"],
      "tool:select": ["mod+j", "v"],
      "tool:box": ["mod+r", "r"],
      "zoom:1.5": ["mod+=", "mod++", "+"],
      "zoom:0.667": ["mod+-", "-"],
      fit: ["mod+f", "shift+f"],
    },
  },
};
