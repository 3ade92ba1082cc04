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
