from labelapp.images.models import Image
from labelapp.images.related import annotations


def test_it_finds_what_a_list_of_ids_finds(add):
    images = [add(f"{number}.png") for number in range(4)]
    assert set(Image.objects.filter(pk__among=[images[2].pk, images[0].pk, 10**12])) == {images[0], images[2]}
    assert set(Image.objects.exclude(pk__among=[images[2].pk])) == {images[0], images[1], images[3]}
    assert not Image.objects.filter(pk__among=[])


def test_it_goes_through_a_relation(add, project):
    image = add("a.png")
    assert list(Image.objects.filter(project__among=[project.pk])) == [image]
    assert not annotations().filter(image__among=[image.pk])
