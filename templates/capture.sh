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

# --- words ---

say() { printf '%s\n' "$*" >&2; }

usage() {
  cat <<END
Usage: sh $0 [--dry-run] [--trial] BACKEND=DIRECTORY ...

$(usual_backends)
Each directory lies on a disk of its backend.

  --dry-run   print every command that would change something, and run none
  --trial     two short rounds that measure nothing, to see that all works

Variables: RESULTS BONNIE RUN_AS MACHINE SIZE_MIB GUEST_MIB DOM0_MIB DOM0_SSH
BEFORE_RUN PAUSE$([ "$OPEN" = no ] || echo ' STUDY RUNS FILES WHY'); each is explained
near the top of this script.
END
}

usual_backends() {
  if [ "$OPEN" = yes ]; then
    echo 'Backends: any name, best one that bonnie-report knows, such as loopback,'
    echo 'loopback-direct, blktap, lvm, lvm-thin, qcow2, qdisk, partition or native.'
  else
    echo "Backends: $BACKENDS${SUGGESTED:+ (and, if you can: $SUGGESTED)}"
    echo 'BACKEND=none leaves one out.'
  fi
}

wrong() {
  say "$0: $*"
  usage >&2
  exit 2
}

# A dry run goes on, so that all objections are seen.
refuse() {
  if [ "$DRY" = yes ]; then
    say "Would refuse: $*"
    PROBLEMS=yes
  else
    say "Refused: $*"
    exit 2
  fi
}

fail() {
  say "$*"
  exit 1
}

caveat() { CAVEATS="$CAVEATS$*$NEWLINE"; }

# Words as a shell would read them.
quoted() {
  for word; do
    case $word in
      *[!A-Za-z0-9_./:=,@%+-]* | '') printf " '%s'" "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
}

# Runs a command, or prints it.
run() {
  if [ "$DRY" = yes ]; then
    printf '%s\n' "$(quoted "$@" | sed 's/^ //')"
  else
    "$@"
  fi
}

# The same for one that may take long: Ctrl-C is obeyed at once.
run_long() {
  if [ "$DRY" = yes ]; then
    run "$@"
  else
    "$@" &
    await
  fi
}

# Waits for what was started last. A trap acts during a wait; during a command it would have to wait itself.
await() {
  CHILD=$!
  status=0
  wait "$CHILD" || status=$?
  CHILD=
  return "$status"
}

dom0() { ssh -n -o BatchMode=yes -o ConnectTimeout=10 "$DOM0_SSH" "$1"; }

is_number() {
  case $1 in
    '' | *[!0-9]* | 0?*) return 1 ;;
  esac
}

# --- what the system tells ---

mount_of() { df -P "$1" | awk 'NR == 2 { $1 = $2 = $3 = $4 = $5 = ""; sub(/^ +/, ""); print }'; }

# The line of /proc/mounts, where blanks are written as \040.
mounted() {
  MOUNT=$(printf '%s' "$1" | sed 's/ /\\040/g') \
    awk '$2 == ENVIRON["MOUNT"] { line = $0 } END { print line }' /proc/mounts 2>/dev/null || :
}

type_of() { mounted "$1" | awk '{ print $3 }'; }

# What a file of /sys says; nothing where it is not there.
told() { cat "$1" 2>/dev/null || :; }

hypervisor() {
  if [ -r "$SYS/hypervisor/type" ]; then
    cd "$SYS/hypervisor"
    printf '%s %s.%s' "$(cat type)" "$(cat version/major)" "$(cat version/minor)"
  else
    systemd-detect-virt --vm 2>/dev/null | sed '/^none$/d' || :
  fi
}

# Below a machine that is known not to be virtual no other one keeps a cache.
is_bare() { [ ! -e "$SYS/hypervisor/type" ] && [ "$(systemd-detect-virt --vm 2>/dev/null)" = none ]; }

# The folder of /sys about the disk below a directory; nothing where there is no such disk, or more than one.
disk_of() {
  number=$(stat -c %d "$1" 2>/dev/null) || return 0
  # major and minor number, as the C library takes them apart
  block=$SYS/dev/block/$((number >> 8 & 4095)):$((number & 255 | number >> 12 & 1048320))
  [ -d "$block" ] || return 0
  block=$(cd "$block" && pwd -P)
  [ -d "$block/queue" ] || block=${block%/*}
  printf '%s' "$block"
}

# The disk below a directory, as its queue and, under Xen, xenstore describe it.
disk_line() {
  of=$(disk_of "$1")
  [ -n "$of" ] || return 0
  printf '%s' "${of##*/}"
  sectors=$(told "$of/size")
  [ -z "$sectors" ] || printf ', %s MiB' $((sectors / 2048))
  for fact in device/model queue/rotational queue/scheduler queue/nr_requests queue/read_ahead_kb queue/write_cache; do
    value=$(told "$of/$fact" | sed 's/ *$//')
    [ -z "$value" ] || printf ', %s %s' "${fact#*/}" "$value"
  done
  node=$(told "$of/device/nodename")
  served=$(xenstore-read "$node/backend" 2>/dev/null) || served=
  [ -n "$served" ] || return 0
  for fact in type params; do
    value=$(xenstore-read "$served/$fact" 2>/dev/null) || value=
    [ -z "$value" ] || printf ', %s %s' "$fact" "$value"
  done
}

# What is known of a target on a loop device of this machine, as facts of its backend. An image that takes less room
# than its length has places that are still to be allocated.
loop_facts() {
  of=$(disk_of "$1")
  image=$(told "$of/loop/backing_file")
  [ -n "$of" ] && [ -n "$image" ] || return 0
  direct=
  [ "$(told "$of/loop/dio")" != 1 ] || direct=' --direct-io=on'
  printf 'attach: "losetup%s, image of %s MiB"\n' "$direct" $(($(told "$of/size") / 2048))
  stat -c '%b %B %s' "$image" 2>/dev/null |
    awk '{ print "allocation: " ($1 * $2 < $3 ? "sparse" : "preallocated") }' || :
}

# How the disks of this guest were attached, as xl or virsh tell it in dom0; nothing where neither can.
attachments() {
  [ -n "$DOM0_SSH" ] || return 0
  uuid=$(cat "$SYS/hypervisor/uuid" "$SYS/class/dmi/id/product_uuid" 2>/dev/null | head -n 1) || :
  case $uuid in
    '' | *[!0-9A-Fa-f-]*) return 0 ;;
  esac
  dom0 "if command -v xl >/dev/null; then
    xl list -l \"\$(xenstore-read /vm/$uuid/name)\" | sed -n '/\"disks\"/,/\]/p'
  else
    virsh dumpxml $uuid | sed -n '/<disk /,/<\/disk>/p'
  fi" 2>/dev/null || :
}

# --- checks before the first run ---

add_target() {
  id=${1%%=*}
  dir=${1#*=}
  case $id in
    *[!a-z0-9-]*) wrong "$id is no name of small letters, digits and hyphens." ;;
  esac
  case " $BACKENDS $SUGGESTED " in
    *" $id "*) ;;
    *)
      [ "$OPEN" = yes ] || wrong "There is no backend $id in this plan."
      BACKENDS="${BACKENDS:+$BACKENDS }$id"
      ;;
  esac
  [ -z "$(target_of "$id")" ] || wrong "The target of $id is given twice."
  case $dir in
    '' | *"$NEWLINE"*) wrong "The target of $id is not the name of a directory." ;;
    none | /*) ;;
    *) dir=$(pwd)/$dir ;;
  esac
  TARGETS="$TARGETS$id=$dir$NEWLINE"
}

target_of() { printf '%s' "$TARGETS" | sed -n "s/^$1=//p"; }

choose_backends() {
  for id in $BACKENDS; do
    if [ -z "$(target_of "$id")" ]; then
      refuse "No target for $id. Give $id=DIRECTORY, or $id=none to leave it out."
      TARGETS="$TARGETS$id=/mnt/$id$NEWLINE"
    fi
  done
  for id in $SUGGESTED; do
    [ -n "$(target_of "$id")" ] || say "No target for $id: it is left out."
  done
  for id in $BACKENDS $SUGGESTED; do
    case $(target_of "$id") in
      '' | none) ;;
      *) MEASURED="${MEASURED:+$MEASURED }$id" ;;
    esac
  done
  [ -n "$MEASURED" ] || refuse 'No backend is left to measure.'
}

check_study() {
  case $STUDY in
    '' | -* | *[!a-z0-9-]* | backends | fonts | main | method)
      refuse "STUDY=$STUDY is no name of a study: small letters, digits and hyphens."
      ;;
  esac
  for number in "$RUNS" "$FILES"; do
    if ! is_number "$number" || [ "$number" -eq 0 ]; then
      refuse "RUNS=$RUNS and FILES=$FILES have to be whole numbers from 1 up."
    fi
  done
}

check_program() {
  command -v "$BONNIE" >/dev/null 2>&1 || refuse "There is no $BONNIE here. Install bonnie++."
  VERSION=$("$BONNIE" -h 2>&1 </dev/null | sed -n 's/^Version: *//p') || VERSION=
  case $VERSION in
    1.0*)
      say "bonnie++ $VERSION does not flush before it stops the clock; 1.90b and later do."
      caveat "bonnie++ $VERSION does not flush before it stops the clock."
      ;;
  esac
  case $MACHINE in
    '' | *[!A-Za-z0-9._-]*) refuse "MACHINE=$MACHINE is no name of letters, digits, dots and hyphens." ;;
  esac
  is_number "$PAUSE" || refuse "PAUSE=$PAUSE is no number of seconds."
  AS_USER=
  [ "$(id -u)" = 0 ] || return 0
  AS_USER=$RUN_AS
  id -u "$RUN_AS" >/dev/null 2>&1 || refuse "There is no user $RUN_AS. Set RUN_AS to one who may run bonnie++."
}

# The MiB of /proc/meminfo, for awk.
MEMORY='$1 == "MemTotal:" { print int(($2 + 1023) / 1024) }'

# The memories that can hold a test file: the guest's own, and that of the layer that serves the disk.
check_memories() {
  guest=$(awk "$MEMORY" /proc/meminfo 2>/dev/null) || guest=
  guest=${guest:-$GUEST_MIB}
  is_number "$guest" || refuse 'The memory of this machine is not known. Set GUEST_MIB to its MiB.'
  if [ -n "$DOM0_SSH" ] && [ "$DRY" = no ]; then
    DOM0_KERNEL=$(dom0 'uname -sr') || refuse "DOM0_SSH=$DOM0_SSH cannot be reached without a password."
    [ -n "$DOM0_MIB" ] || DOM0_MIB=$(dom0 "awk '$MEMORY' /proc/meminfo")
  fi
  [ -z "$DOM0_MIB" ] || is_number "$DOM0_MIB" || refuse "DOM0_MIB=$DOM0_MIB is no number of MiB."
  if [ "$OPEN" = yes ] && is_bare; then
    OUTER_UNKNOWN=no
    CACHING=
  fi
  [ "$OUTER_UNKNOWN" = yes ] && [ -z "$DOM0_MIB" ] && [ "$TRIAL" = no ] || return 0
  [ -n "$DOM0_SSH" ] && [ "$DRY" = yes ] && return 0
  if [ "$ALLOW_UNKNOWN" = 1 ]; then
    caveat 'The memory of the layer that serves the disks was not known when the size of the test file was chosen.'
  else
    refuse "A layer below this guest can cache the test file, and its memory is not known. Without it a file that" \
      "fits there would measure memory again. Set DOM0_MIB (in dom0: free -m) or DOM0_SSH=root@dom0;" \
      "ALLOW_UNKNOWN=1 measures all the same, and says so in study.md."
  fi
}

# A file that no cache can hold, in whole GiB. A series that was begun goes on with its own.
check_size() {
  least=$FILE_MIB
  for wanted in $((TIMES_GUEST * ${guest:-0})) $((TIMES_OUTER * ${DOM0_MIB:-0})); do
    [ "$least" -ge "$wanted" ] || least=$wanted
  done
  size=${SIZE_MIB:-$(((least + 1023) / 1024 * 1024))}
  is_number "$size" || refuse "SIZE_MIB=$size is no number of MiB."
  if [ "$TRIAL" = yes ]; then
    size=$TRIAL_MIB
    return 0
  fi
  [ "$size" -ge "$least" ] ||
    refuse "A file of $size MiB is too small: part of it would be read from memory. Take at least $least MiB."
  begun=$(cat "$RESULTS/$STUDY/.size" 2>/dev/null) || return 0
  if [ "$begun" -lt "$least" ] || [ "$begun" != "${SIZE_MIB:-$begun}" ]; then
    refuse "$RESULTS/$STUDY was begun with files of $begun MiB, and needs $size MiB now. Move it away."
  fi
  size=$begun
  files=$(cat "$RESULTS/$STUDY/.files" 2>/dev/null) || files=$FILES
}

check_target() {
  dir=$(target_of "$1")
  if [ ! -d "$dir" ]; then
    refuse "$dir, the target of $1, is not a directory."
    return 0
  fi
  for left in "$dir"/bonnie-report.*; do
    [ ! -e "$left" ] || say "$left was left by a run that was killed. Remove it."
  done
  real=$(cd "$dir" && pwd -P)
  mount=$(mount_of "$dir")
  for other in $CHECKED; do
    [ "$real" != "$(cd "$(target_of "$other")" && pwd -P)" ] || refuse "$1 and $other have the same target, $dir."
    [ "$mount" = "$(mount_of "$(target_of "$other")")" ] || continue
    caveat "The targets of $1 and $other shared a file system."
    [ "$TRIAL" = yes ] || [ "$ALLOW_SHARED" = 1 ] ||
      refuse "$1 and $other share the file system on $mount, so both would measure one disk." \
        "ALLOW_SHARED=1 measures all the same, and says so in study.md."
  done
  CHECKED="$CHECKED $1"
  [ "$mount" != / ] || say "$dir, the target of $1, lies on the file system of /. Is its disk mounted?"
  case $(type_of "$mount") in
    tmpfs | ramfs) [ "$TRIAL" = yes ] || refuse "$dir lies in memory ($(type_of "$mount")), not on a disk." ;;
  esac
  check_room "$1" "$dir"
}

# The test file and a tenth more, and a name for every small file.
check_room() {
  room=$(df -Pk "$2" | awk 'NR == 2 { print $4 }')
  needed=$((size * 1024 * 11 / 10))
  is_number "$room" || refuse "df does not tell how much room $2 has."
  [ "${room:-0}" -ge "$needed" ] ||
    refuse "$2, the target of $1, has room for $((${room:-0} / 1024)) MiB and needs $((needed / 1024)) MiB." \
      "A guest that is started with less memory needs less."
  names=$(df -Pi "$2" 2>/dev/null | awk 'NR == 2 && $2 > 0 { print $4 }') || names=
  is_number "$names" || return 0
  [ "$names" -ge $((files * 1024)) ] ||
    refuse "$2, the target of $1, has room for $names more files and needs $((files * 1024))."
}

check_caches() {
  DROPS=yes
  if [ "$DRY" = no ] && ! { echo 3 >"$DROP_CACHES"; } 2>/dev/null; then
    DROPS=no
    [ "$ALLOW_WARM" = 1 ] || [ "$TRIAL" = yes ] ||
      refuse "The caches of this guest cannot be dropped ($DROP_CACHES). Run this as root;" \
        "ALLOW_WARM=1 measures all the same, and says so in study.md."
    caveat "The guest's caches were not dropped before each run."
  fi
  if [ -z "$CACHING" ] || [ -n "$DOM0_SSH$BEFORE_RUN" ] || [ "$PAUSE" -gt 0 ]; then return 0; fi
  say "Nothing drops the caches of dom0, which can keep the files of $CACHING."
  say 'There it takes: sync; echo 3 >/proc/sys/vm/drop_caches'
  say 'Set DOM0_SSH, BEFORE_RUN, or PAUSE to the seconds that it takes you before each run. Going on without.'
  caveat "The caches of dom0 were not dropped before each run."
}

# --- one run ---

# The table may be cut off; the line of values for programs is printed last.
is_complete() { awk -F, 'NF > 20 { found = 1 } END { exit !found }' "$1"; }

prepare() {
  run sync
  if [ -n "$BEFORE_RUN" ]; then
    run_long env BACKEND="$1" ROUND="$2" sh -c "$BEFORE_RUN" || fail "BEFORE_RUN failed, so nothing more is measured."
  fi
  if [ -n "$DOM0_SSH" ]; then
    run_long ssh -n -o BatchMode=yes -o ConnectTimeout=10 "$DOM0_SSH" 'sync; echo 3 >/proc/sys/vm/drop_caches' ||
      fail "The caches of dom0 could not be dropped, so nothing more is measured."
  elif [ "$PAUSE" -gt 0 ]; then
    say "Now in dom0, within $PAUSE seconds: sync; echo 3 >/proc/sys/vm/drop_caches"
    run_long sleep "$PAUSE"
  fi
  [ "$DROPS" = no ] || run sh -c 'echo 3 >"$0"' "$DROP_CACHES"
}

# The words of bonnie++ without the directory. The per-character tests measure the processor: no workload weighs them.
options() {
  printf ' -s %s -n %s -f -m %s' "$size" "$files" "$MACHINE"
  [ -z "$AS_USER" ] || printf ' -u %s' "$AS_USER"
  [ "$TRIAL" = no ] || printf ' -r %s' $((size / 2))
  [ -z "$1" ] || printf ' %s' "$1"
}

# Hundredths of a second that others had of the guest's processors, and that dom0 had worked.
stolen() { awk '$1 == "cpu" { print $9 + 0 }' /proc/stat 2>/dev/null || echo 0; }
dom0_worked() {
  [ -n "$DOM0_SSH" ] || return 0
  dom0 "awk '\$1 == \"cpu\" { print \$2 + \$3 + \$4 + \$7 + \$8 }' /proc/stat" || :
}

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# $1 study, $2 option of the series, $3 backend, $4 round
one_run() {
  output=$RESULTS/$1/$3/run-$4.txt
  position=$((position + 1))
  if [ -e "$output" ]; then
    is_complete "$output" || refuse "$output is there, but holds no complete run. Move it away."
    return 0
  fi
  say "Run $position of $total: $3, round $4${2:+, with $2}"
  place=$(target_of "$3")/bonnie-report.$$
  PARTIAL=$RESULTS/$1/$3/.run-$4.part
  run mkdir -p "$RESULTS/$1/$3"
  run mkdir "$place"
  SCRATCH=$place
  [ -z "$AS_USER" ] || run chown "$AS_USER" "$SCRATCH"
  prepare "$3" "$4"
  # shellcheck disable=SC2046 # the options hold no blanks
  set -- "$1" "$2" "$3" "$4" "$BONNIE" -d "$SCRATCH" $(options "$2")
  if [ "$DRY" = yes ]; then
    dry_run "$output" "$@"
  else
    measure "$output" "$@"
  fi
  SCRATCH=
  PARTIAL=
}

dry_run() {
  file=$1
  shift 5
  printf '%s >%s 2>&1\n' "$(quoted "$@" | sed 's/^ //')" "$(quoted "$PARTIAL" | sed 's/^ //')"
  run mv "$PARTIAL" "$file"
  run rm -rf "$SCRATCH"
}

measure() {
  file=$1 study=$2 option=$3 id=$4 round=$5
  shift 5
  began=$(now) first=$(date +%s) steal=$(stolen) worked=$(dom0_worked)
  "$@" >"$PARTIAL" 2>&1 &
  if ! await || ! is_complete "$PARTIAL"; then
    mv -f "$PARTIAL" "${PARTIAL%.part}.failed"
    # what it refuses it says above its usage, what it met on the way below its progress
    sed -n '1,2p; 3,${ $p; }' "${PARTIAL%.part}.failed" >&2
    fail "bonnie++ did not come to its end on $id; what it said is in ${PARTIAL%.part}.failed"
  fi
  took=$(($(date +%s) - first))
  worked_after=$(dom0_worked)
  [ ! -e "$file" ] || fail "$file appeared meanwhile and is left as it is."
  mv "$PARTIAL" "$file"
  rm -rf "$SCRATCH"
  printf '%s %s %s %s %s %s\n' "$id" "$round" "$began" "$(now)" $(($(stolen) - steal)) \
    "$([ -z "$worked" ] || [ -z "$worked_after" ] || echo $((worked_after - worked)))" >>"$RESULTS/$study/.runs"
  write_study "$study" "$option"
  say "  took $took s; about $(((total - position) * took / 60)) min to go"
}

# Rounds in which every backend has its turn, and the order rotates.
series() {
  order=$MEASURED
  round_number=1
  while [ "$round_number" -le "$RUNS" ]; do
    for backend in $order; do one_run "$1" "$2" "$backend" "$round_number"; done
    case $order in
      *' '*) order="${order#* } ${order%% *}" ;;
    esac
    round_number=$((round_number + 1))
  done
}

# --- study.md ---

yaml() { printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037\177' | sed 's/[\\"]/\\&/g')"; }

# The lines of a table in the first part that begin with a tag.
tagged() { printf '%s\n' "$1" | sed -n "s/^$2 //p"; }

# A fact of the host, or the question for it.
host_fact() {
  if [ -n "$2" ]; then printf '  %s: %s\n' "$1" "$(yaml "$2")"; else tagged "$HOST_QUESTIONS" "$1"; fi
}

host_facts() {
  cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1) || cpu=
  is_bare || cpu=${cpu:+$cpu, as the guest sees it}
  host_fact cpu "$cpu"
  host_fact ram ''
  host_fact hypervisor "$(hypervisor 2>/dev/null)"
  host_fact kernel "${DOM0_KERNEL:-}"
  host_fact dom0_ram "${DOM0_MIB:+$DOM0_MIB MiB}"
  host_fact disk ''
}

# What the system told of a target, and what else is known of its backend or has to be asked.
backend_facts() {
  seen=$(cat "$RESULTS/$STUDY/.facts-$1")
  [ -z "$seen" ] || printf '%s\n' "$seen" | sed 's/^/    /'
  { tagged "$BACKEND_FACTS" "$1" && tagged "$BACKEND_FACTS" -; } | while IFS= read -r line; do
    key=${line#    }
    key=${key#\# }
    case $NEWLINE$seen in
      *"$NEWLINE${key%%:*}:"*) ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

file_systems() {
  for id in $MEASURED; do type_of "$(mount_of "$(target_of "$id")")"; done | sort -u
}

facts() {
  printf '%s\n' '---'
  if [ -n "$2" ]; then title=$SYNC_TITLE; else title=$TITLE; fi
  [ -z "$title" ] || printf 'title: %s\n' "$title"
  printf 'date: %s\n' "$(awk 'NR == 1 { print substr($3, 1, 10) }' "$RESULTS/$1/.runs")"
  case " $MEASURED " in
    *" $BASELINE "*) printf 'baseline: %s\n' "$BASELINE" ;;
  esac
  host=$(host_facts)
  if printf '%s\n' "$host" | grep -q '^  [a-z]'; then echo 'host:'; else echo '# host:'; fi
  printf '%s\n' "$host"
  printf 'guest:\n  ram: %s MiB\n' "$guest"
  printf '  vcpus: %s\n' "$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc)"
  printf '  kernel: %s\n' "$(yaml "$(uname -sr)")"
  types=$(file_systems)
  case $types in
    '' | *"$NEWLINE"*) echo '  # filesystem:  # of the guest, on each target?' ;;
    *) printf '  filesystem: %s\n' "$(yaml "$types")" ;;
  esac
  printf 'command: %s\n' "$(yaml "bonnie++ -d DIR$(options "$2")")"
  echo 'order: interleaved'
  [ -z "$EQUIVALENCE" ] || printf '%s\n' "$EQUIVALENCE"
  echo 'backends:'
  for id in $MEASURED; do
    printf '  %s:\n' "$id"
    backend_facts "$id"
  done
  [ -z "$CAVEATS" ] || echo 'caveats:'
  printf '%s\n' "$CAVEATS" | while IFS= read -r line; do
    [ -z "$line" ] || printf '  - %s\n' "$(yaml "$line")"
  done
  if [ "$TRIAL" = yes ]; then
    printf 'status: invalid\nreason: A trial of the script with a file that fits into memory.\n'
  fi
  printf '%s\n' '---'
}

# What was there, and when each run was made; an indented block is shown as it is.
record() {
  printf '    kernel          %s\n' "$(uname -srm)"
  printf '    memory          %s MiB\n' "$guest"
  printf '    bonnie++        %s\n' "${VERSION:-unknown}"
  for id in $MEASURED; do
    line=$(mounted "$(mount_of "$(target_of "$id")")")
    printf '    %-15s %s\n' "$id" "${line:-unknown}"
    line=$(disk_line "$(target_of "$id")")
    [ -z "$line" ] || printf '    %-15s   on %s\n' '' "$line"
  done
  line=$(attachments)
  [ -z "$line" ] || printf '\n%s\n' "$line" | tr -d '\000-\010\013-\037\177' | sed '/./s/^/    /'
  echo
  printf '    %-20s %5s  %-20s  %-20s  %7s  %7s\n' backend run begun ended 'stolen' 'dom0'
  awk '{
    worked = $6 == "" ? "" : sprintf("%.1fs", $6 / 100)
    printf "    %-20s %5s  %-20s  %-20s  %6.1fs  %7s\n", $1, $2, $3, $4, $5 / 100, worked
  }' "$RESULTS/$1/.runs"
}

study_text() {
  facts "$1" "$2"
  if [ -n "$WHY" ]; then
    echo '## Why it was measured'
    echo
    printf '%s\n' "$WHY"
    echo
  fi
  echo '## The rounds'
  echo
  echo 'In rounds: every backend had one run in each, and the order rotated. Before each run the guest wrote back'
  echo 'what it held and dropped its caches, unless the caveats say otherwise. Below, `stolen` is the time in which'
  echo 'the hypervisor let others run, and `dom0` the processor time of dom0, where it was recorded.'
  echo
  record "$1"
}

# Written anew after each run, as long as nobody else has changed it.
write_study() {
  text=$RESULTS/$1/study.md
  if [ -e "$text" ] && ! cmp -s "$text" "$RESULTS/$1/.study.md"; then return 0; fi
  study_text "$1" "$2" >"$RESULTS/$1/.study.new"
  cp "$RESULTS/$1/.study.new" "$RESULTS/$1/.study.md"
  mv "$RESULTS/$1/.study.new" "$text"
}

# --- from the start to the end ---

# shellcheck disable=SC2317 # a trap calls it
tidy() {
  if [ "$DRY" = no ]; then
    [ -z "$SCRATCH" ] || rm -rf "$SCRATCH"
    [ -z "$PARTIAL" ] || rm -f "$PARTIAL"
    [ -z "$LOCK" ] || rm -rf "$LOCK"
  fi
  SCRATCH=
  PARTIAL=
  LOCK=
}

tell_progress() {
  for study in $STUDY $SYNC; do
    for id in $MEASURED; do
      made=0
      for output in "$RESULTS/$study/$id"/run-*.txt; do [ ! -e "$output" ] || made=$((made + 1)); done
      say "  $RESULTS/$study/$id: $made of $RUNS runs complete"
    done
  done
}

# shellcheck disable=SC2317 # a trap calls it
stopped() {
  trap '' INT TERM HUP
  if [ -n "$CHILD" ]; then
    kill "$CHILD" 2>/dev/null || :
    wait "$CHILD" 2>/dev/null || :
  fi
  tidy
  if [ "$DRY" = no ]; then
    say 'Stopped. The run in progress is lost; start the same command again to go on from here.'
    tell_progress
  fi
  exit "$1"
}

lock() {
  mkdir -p "$RESULTS/$STUDY"
  if ! mkdir "$RESULTS/$STUDY/.running" 2>/dev/null; then
    pid=$(cat "$RESULTS/$STUDY/.running/pid" 2>/dev/null) || pid=
    if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
      refuse "This study is being measured already, by process $pid (if not: remove $RESULTS/$STUDY/.running)."
    fi
  fi
  LOCK=$RESULTS/$STUDY/.running
  echo $$ >"$LOCK/pid"
  if [ "$TRIAL" = no ]; then
    echo "$size" >"$RESULTS/$STUDY/.size"
    echo "$files" >"$RESULTS/$STUDY/.files"
  fi
  keep_caveats
  keep_facts
}

# What held for the runs before a stop still holds for the study.
keep_caveats() {
  printf '%s' "$CAVEATS" >>"$RESULTS/$STUDY/.caveats"
  CAVEATS=$(awk '!seen[$0]++' "$RESULTS/$STUDY/.caveats")
}

# Asked before the first run: what a run writes is allocated from then on.
keep_facts() {
  for id in $MEASURED; do
    [ -e "$RESULTS/$STUDY/.facts-$id" ] || loop_facts "$(target_of "$id")" >"$RESULTS/$STUDY/.facts-$id"
  done
}

read_words() {
  for word; do
    case $word in
      --dry-run) DRY=yes ;;
      --trial) TRIAL=yes ;;
      -h | --help)
        usage
        exit 0
        ;;
      [a-z0-9]*=*) add_target "$word" ;;
      *) wrong "Expected BACKEND=DIRECTORY, got $word." ;;
    esac
  done
  files=$FILES
  [ "$TRIAL" = yes ] || return 0
  STUDY=$STUDY-trial
  SYNC=${SYNC:+$STUDY-sync}
  RUNS=$TRIAL_RUNS
  files=$TRIAL_FILES
  SYNC_FILES=$TRIAL_FILES
}

check_all() {
  choose_backends
  check_study
  check_program
  check_memories
  check_size
  CHECKED=
  for backend in $MEASURED; do check_target "$backend"; done
  check_caches
}

measure_all() {
  total=0
  for study in $STUDY $SYNC; do
    for backend in $MEASURED; do total=$((total + RUNS)); done
  done
  position=0
  say "$total runs, each with a file of $size MiB. The outputs will bear the name $MACHINE."
  series "$STUDY" ''
  [ -n "$SYNC" ] || return 0
  files=$SYNC_FILES
  series "$SYNC" -b
}

tell_end() {
  say 'All runs are complete:'
  tell_progress
  if [ "$TRIAL" = yes ]; then
    say 'The trial worked and measured nothing. Remove what it wrote, and start without --trial.'
  else
    say 'In study.md of each folder, answer the questions: the lines that begin with #.'
    say 'Then put the folders into the results of the blog, and build it.'
  fi
}

# Ends by itself: a shell reads on in its script, which somebody may have replaced meanwhile.
main() {
  read_words "$@"
  check_all
  [ "$DRY" = yes ] || lock
  measure_all
  [ "$DRY" = yes ] || tell_end
  [ "$PROBLEMS" = no ] || exit 2
  exit 0
}

trap tidy EXIT
trap 'stopped 130' INT
trap 'stopped 143' TERM
trap 'stopped 129' HUP
main "$@"
