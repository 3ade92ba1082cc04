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
