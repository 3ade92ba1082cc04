#!/bin/sh
# Measures storage backends with bonnie++, and saves the outputs as bonnie-report
# reads them: a study of results/, with the facts that this machine tells.
#
# Copy it into the guest, and run it there as root, with a directory on a disk of
# each backend, whose names are yours:
#
#   sh capture.sh --dry-run loopback=/mnt/a lvm=/mnt/b
#   sh capture.sh --trial loopback=/mnt/a lvm=/mnt/b
#   DOM0_MIB=2048 sh capture.sh loopback=/mnt/a lvm=/mnt/b
#
# It makes rounds, in which every backend has its turn and the order rotates, with
# a file of at least four times the guest's memory and twice that of dom0. bonnie++
# never runs as root. Ctrl-C stops it; started again, it goes on where it was.
# It writes below results/ and the directories that it is given, nowhere else.

# shellcheck disable=SC2016 # quoted text is meant as it stands
OPEN=yes                            # any backend may be named
STUDY=${STUDY:-$(uname -n | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9]/-/g; s/^-*//')} # the folder of the new study
RUNS=${RUNS:-5}                     # rounds; an interval needs three
FILES=${FILES:-128}                 # small files, in units of 1024: rates up to 262144 a second can be timed
WHY=${WHY:-}                        # what it was measured for, a sentence for study.md
SYNC=
SYNC_TITLE=
SYNC_FILES=16
BACKENDS=
SUGGESTED=
CACHING='any of them'
FILE_MIB=0
TIMES_GUEST=4
TIMES_OUTER=2
OUTER_UNKNOWN=yes
BASELINE=
TITLE=
EQUIVALENCE=
HOST_QUESTIONS="\
cpu   # cpu:  # the host's processor?
ram   # ram:  # the host's memory, such as 32 GiB?
hypervisor   # hypervisor:  # which, and which version?
kernel   # kernel:  # of dom0, or of the KVM host?
dom0_ram   # dom0_ram:  # its memory, such as 2 GiB?
disk   # disk:
disk   #   kind:  # hdd, ssd, nvme or raid?
disk   #   link:  # interface or throttle, such as SATA 6 Gb/s?
disk   #   spindles:  # how many disks?
disk   #   cache:  # what caches below the host: a size, none or unknown?"
BACKEND_FACTS="\
-     # kind:  # one that bonnie-report knows, where the name is another?
-     # attach:  # the line that attaches it?
-     # effective:  # what serves it in truth, where that line says something else?
-     # allocation:  # sparse, preallocated or thin?
-     # snapshot:  # true while a snapshot was open?"

