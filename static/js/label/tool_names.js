/** How tools that suggest shapes are called. @returns {Record<string, string>} */
const names = () => ({
  colour: gettext("colour"),
  watershed: gettext("parted"),
  template: gettext("looks"),
  faces: gettext("faces"),
  plates: gettext("number plates"),
  people: gettext("people"),
});

/** @param {string} tool */
export const toolName = (tool) => names()[tool] ?? tool;

/** Who has suggested something. @param {{model: number|null, tool?: string}} suggestion */
export function proposer({ model, tool }) {
  return model === null && tool ? toolName(tool) : interpolate(gettext("model %s"), [model]);
}
