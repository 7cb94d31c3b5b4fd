from labelapp.annotations.class_changes.carrying import Carrying
from labelapp.annotations.class_changes.deletion import Deletion
from labelapp.annotations.class_changes.merge import Merge
from labelapp.annotations.class_changes.split import Split
from labelapp.annotations.class_changes.uncarrying import UndoingAttributes
from labelapp.annotations.class_changes.undoing import UndoingRevisions
from labelapp.projects.models import ClassChange, ClassVerb


def undo(change: ClassChange) -> None:
    assert change.undoes
    attributes = change.undoes.verb in (ClassVerb.CHANGED, ClassVerb.PASTED)
    (UndoingAttributes if attributes else UndoingRevisions)(change).perform()


ClassChange.WORK.update(
    {
        ClassVerb.MERGED: lambda change: Merge(change).perform(),
        ClassVerb.SPLIT: lambda change: Split(change).perform(),
        ClassVerb.DELETED: lambda change: Deletion(change).perform(),
        ClassVerb.CHANGED: lambda change: Carrying(change).perform(),
        ClassVerb.PASTED: lambda change: Carrying(change).perform(),
        ClassVerb.UNDONE: undo,
    }
)
