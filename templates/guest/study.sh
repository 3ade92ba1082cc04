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
