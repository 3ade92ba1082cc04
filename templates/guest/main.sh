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
