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
