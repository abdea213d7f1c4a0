"""Every writing about the installation itself."""

from inspectorate.config.upkeep.actions.backups import (
    Backup,
    begin_epoch,
    drill,
    epoch_now,
    forget_old_backups,
    make_backup,
    restore_backup,
)

__all__ = ["Backup", "begin_epoch", "drill", "epoch_now", "forget_old_backups", "make_backup", "restore_backup"]
