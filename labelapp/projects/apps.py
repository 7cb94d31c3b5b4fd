from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

CLASSES_CHANGED = _("changed the classes: {target}")


class ProjectsConfig(AppConfig):
    name = "labelapp.projects"
    audit_kinds = {
        "project": _("Project"),
        "class": _("Classes"),
        "classchange": _("Classes: cancelled, tried again"),
        "member": _("Members"),
        "invitation": _("Invitations"),
    }
    # The target of most is the title of the change, as the classes page lists it.
    audit_verbs = {
        "class.added": _("added the class {target}"),
        "class.changed": CLASSES_CHANGED,
        "class.deleted": CLASSES_CHANGED,
        "class.merged": CLASSES_CHANGED,
        "class.pasted": CLASSES_CHANGED,
        "class.reordered": _("put the classes into another order"),
        "class.split": CLASSES_CHANGED,
        "class.undone": CLASSES_CHANGED,
        "classchange.cancelled": _("cancelled: {target}"),
        "classchange.retried": _("tried again: {target}"),
        "invitation.made": _("made an invitation: {target}"),
        "invitation.renewed": _("made another link for the invitation {target}"),
        "invitation.withdrawn": _("withdrew the invitation {target}"),
        "member.added": _("added {target} as {role}"),
        "member.changed": _("made {target} {role}"),
        "member.left": _("left the project"),
        "member.removed": _("removed {target}"),
        "member.joined": _("joined by an invitation as {role}"),
        "member.promoted": _("became {role} by an invitation"),
        "project.changed": _("changed the project"),
        "project.created": _("created the project {target}"),
        "project.erased": _("deleted the project {target} for good"),
        "project.expired": _("deleted the project {target}, whose days in the trash were over"),
        "project.handed_over": _("handed the project over to {target}"),
        "project.quota_left": _("left the quota of the project to the site's default"),
        "project.quota_lifted": _("took the quota of the project away"),
        "project.quota_set": _("set the quota of the project to {quota}"),
        "project.restored": _("restored the project {target} from the trash"),
        "project.trashed": _("put the project {target} into the trash"),
    }
