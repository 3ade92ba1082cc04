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
