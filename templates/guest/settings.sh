set -eu
unset CDPATH
LC_ALL=C
export LC_ALL

# --- what may be set from outside ---

RESULTS=${RESULTS:-results}         # where the new studies are written
BONNIE=${BONNIE:-bonnie++}          # the program
RUN_AS=${RUN_AS:-nobody}            # who runs it where root starts this script
MACHINE=${MACHINE:-$(uname -n)}     # the name in the outputs, which will be published
SIZE_MIB=${SIZE_MIB:-}              # a larger test file; a smaller one is refused
GUEST_MIB=${GUEST_MIB:-}            # the guest's memory, where /proc/meminfo does not tell it
DOM0_MIB=${DOM0_MIB:-}              # the memory of dom0, or of the KVM host, which can cache the test file
DOM0_SSH=${DOM0_SSH:-}              # root@dom0: its memory is asked for and its caches are dropped through ssh
BEFORE_RUN=${BEFORE_RUN:-}          # a command before each run; BACKEND and ROUND are set for it
PAUSE=${PAUSE:-0}                   # seconds before each run in which somebody drops dom0's caches by hand
DROP_CACHES=${DROP_CACHES:-/proc/sys/vm/drop_caches} # where a 3 drops the caches of the guest
SYS=${SYS:-/sys}                    # where the kernel tells of disks and of the hypervisor
ALLOW_UNKNOWN=${ALLOW_UNKNOWN:-}    # 1: measure although the memory of dom0 is not known
ALLOW_WARM=${ALLOW_WARM:-}          # 1: measure although the caches of the guest cannot be dropped
ALLOW_SHARED=${ALLOW_SHARED:-}      # 1: measure targets that share a file system

# What a trial takes instead: two rounds that take seconds, and measure nothing.
TRIAL_MIB=16
TRIAL_RUNS=2
TRIAL_FILES=1

DRY=no
TRIAL=no
TARGETS=       # a line for each backend: id=directory
MEASURED=      # the backends with a target
CAVEATS=       # a line for each, for study.md
PROBLEMS=no
CHILD=         # what runs just now
SCRATCH=       # our folder on the target of the run
PARTIAL=       # the output that is not complete yet
LOCK=
NEWLINE='
'
