// A button of the page that is pressed before the page's module has come, is pressed once more when it has.
{
  const BUTTONS = ".page-head button[type=button], main button[type=button]";
  let pressed = null;
  const note = ({ target }) => {
    pressed = target.closest(BUTTONS);
  };
  document.addEventListener("click", note, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", note, true);
    // Menus open by the module of all pages, which may have come in time.
    if (pressed && !pressed.hasAttribute("aria-haspopup")) setTimeout(() => pressed.click());
  });
}
