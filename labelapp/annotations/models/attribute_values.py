"""Values of attributes as a client or a file sends them."""

from typing import Any

from django.utils.translation import gettext as _

from labelapp.annotations.models.annotation import Row
from labelapp.annotations.shapes import Problem
from labelapp.lib.text import shorten
from labelapp.projects.models.attribute import Attribute, defaults_of

Values = dict[str, Any]


def checked(sent: Any, attributes: list[Attribute], class_name: str, old: Row, same_class: bool) -> Values:
    """What to store. A new annotation, or one of another class than before, gets the defaults of what is not sent.

    What the annotation has already may stay, even where the class has become stricter since: saving something else
    about it must not become impossible. null means: no value. A class that defines no attributes takes any.

    Raises:
        Problem: names the attribute and what it may be.
    """
    if not isinstance(sent, dict):
        raise Problem("attributes", _("An object of attribute names and values is needed here."))
    had: Values = old.get("attributes", {})
    known = {each.name: each for each in attributes}
    values: Values = {}
    for name, value in sent.items():
        unchanged = name in had and had[name] == value and type(had[name]) is type(value)
        if value is None and known and not unchanged:
            continue
        attribute = known.get(name)
        if (unchanged and same_class) or not known:
            values[name] = value
        elif attribute is not None:
            problem = attribute.problem(value)
            if not problem:
                values[name] = value
            elif not unchanged:
                raise Problem(f"attributes.{name}", problem)
        elif not unchanged:
            raise Problem(f"attributes.{name}", unknown(name, known, class_name))
    if same_class or not known:
        return values
    unset = {name: None for name, value in sent.items() if value is None}
    return {name: value for name, value in defaults_of(attributes, values | unset).items() if value is not None}


def unknown(name: str, known: dict[str, Attribute], class_name: str) -> str:
    message = _("The class “{name}” has no attribute “{attribute}”. It has: {known}.")
    names = shorten(", ".join(known), 200)
    return message.format(name=class_name, attribute=shorten(name), known=names)
