"""Every writing about the installation itself."""

from inspectorate.config.upkeep.actions.archives import accept_replayed, forget_old_archive, make_base, restore_archive
from inspectorate.config.upkeep.actions.backups import (
    Backup,
    begin_epoch,
    drill,
    epoch_now,
    forget_old_backups,
    make_backup,
    restore_backup,
)
from inspectorate.config.upkeep.actions.erasing import erase_due, hold, lift
from inspectorate.config.upkeep.actions.exporting import export_one_person
from inspectorate.config.upkeep.actions.reminding import remind
from inspectorate.config.upkeep.actions.running import ask_again, be_seen, begin_run, end_run, find_stopped

__all__ = [
    "Backup",
    "accept_replayed",
    "ask_again",
    "be_seen",
    "begin_epoch",
    "begin_run",
    "drill",
    "end_run",
    "epoch_now",
    "erase_due",
    "export_one_person",
    "find_stopped",
    "forget_old_archive",
    "forget_old_backups",
    "hold",
    "lift",
    "make_backup",
    "make_base",
    "remind",
    "restore_archive",
    "restore_backup",
]
