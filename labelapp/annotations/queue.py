"""The labelling queue: a project's images in an order, looked at through a window around one of them."""

from labelapp.images.filters import ImageFilters
from labelapp.images.models import Image
from labelapp.images.paging import Row, in_order
from labelapp.images.shelf import shelf
from labelapp.projects.models import Project

# The order random is by a hash of id and seed; uncertainty is most uncertain first, images without suggestions last.
ORDERS = ("name", "id", "uncertainty", "random")


class Queue:
    """
    Args:
        order: a name out of ORDERS.
        seed: of the order ``random``.
        suggested: only images with open suggestions that are not labelled yet.
    """

    def __init__(self, project: Project, filters: ImageFilters, order: str, seed: int = 0, suggested: bool = False):
        self._project = project
        self._asked = (filters, order, seed, suggested)
        self.total = 0

    def window(self, around: int | None, before: int, after: int) -> tuple[int, list[Row]]:
        """The position of the first image of the window, from 0, and the rows of its images in order.

        Args:
            around: id of an image, which need not fit the filters; in the trash or gone, it counts as None: the first.
        """
        images = Image.objects.filter(project=self._project)
        if around is not None and not images.kept().filter(pk=around).exists():
            around = None
        catalogue = shelf.catalogue(self._project.pk)
        self.total, position, ids = catalogue.window(*self._asked, around, before, after)
        return position, in_order(images, ids)
