from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "labelapp.projects"
    audit_kinds = {
        "project": _("Project"),
        "class": _("Classes"),
        "classchange": _("Changes of classes"),
        "member": _("Members"),
        "invitation": _("Invitations"),
    }
    # The target of most is the title of the change, as the classes page lists it.
    audit_verbs = {
        "class.added": _("added the class {target}"),
        "class.changed": _("changed a class: {target}"),
        "class.deleted": _("deleted a class: {target}"),
        "class.merged": _("merged classes: {target}"),
        "class.pasted": _("pasted classes: {target}"),
        "class.reordered": _("put the classes into another order"),
        "class.split": _("split a class: {target}"),
        "class.undone": _("undid a change of classes: {target}"),
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
        "project.quota_set": _("set the quota of the project to {quota} bytes"),
        "project.restored": _("restored the project {target} from the trash"),
        "project.trashed": _("put the project {target} into the trash"),
    }
