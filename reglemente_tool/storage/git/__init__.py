"""The only room that touches git: one folder's part of a repository, through GitPython as launcher.

    launching    git is started: under which settings, and what its refusals mean in Swedish
    files        which files a register has, and how one is written whole or not at all
    head         which branch is checked out, and at which commit
    stream       a commit as the commands that fast-import takes
    commits      commits as they are read: all files of one at once, which builds on which
    signing      a commit signed with an ssh key, and its signature tried
    repository   reading what is committed; committing, whole or not at all; setting the folder's files

A commit is written by one `git fast-import` that names the commit it builds on, so it is made whole or not at all, and
not at all when another writer came first. Then the folder's files are set to what was committed, each by one replacement.
A mark in the git folder says that this is going on: should the program be killed in between, the next reader finishes it.

Nothing that a repository's configuration names is ever run: no hooks, no filters, no fsmonitor, no transports. To that
end no command that reads or writes work-tree files is used; this room does that itself, and only in its own folder.
Importing GitPython is slow, so only what needs git imports it.
"""

from reglemente_tool.storage.git.files import Changes, Ids, blob_id, replace_file
from reglemente_tool.storage.git.head import Head
from reglemente_tool.storage.git.repository import Moved, Repository, bare, create, find
from reglemente_tool.storage.git.stream import ROLE

__all__ = ["ROLE", "Changes", "Head", "Ids", "Moved", "Repository", "bare", "blob_id", "create", "find", "replace_file"]
