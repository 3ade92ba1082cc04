/**
 * A guest in which a plan can be run in seconds: folders for targets, and programs that answer as bonnie++, df and ssh
 * do. What they were asked stands in `log`.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tree } from '../folders.ts'
import type { Outcome } from '../program.ts'

/** Rates that depend on the folder and on the run, and whether the caches had been dropped. */
const BONNIE = `#!/bin/sh
if [ "$1" = -h ]; then printf 'usage:\\n\\nVersion: %s\\n' "\${FAKE_VERSION:-2.00a}" >&2; exit 1; fi
words="$*"
while getopts d:s:n:fm:u:r:b option; do
  case $option in d) dir=$OPTARG ;; s) size=$OPTARG ;; n) n=$OPTARG ;; m) name=$OPTARG ;; esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || exit 9
run=$(($(grep -c ^bonnie "$FAKE_LOG") + 1))
heat=warm
[ "$(cat "$DROP_CACHES")" != 3 ] || heat=cold
true >"$DROP_CACHES" 2>/dev/null
printf 'bonnie %s %s\\n' "$heat" "$words" >>"$FAKE_LOG"
: >"$dir/a test file" || exit 9
[ "$run" != "\${FAKE_SLOW:-}" ] || exec sleep 60
[ "$run" != "\${FAKE_BROKEN:-}" ] || { echo "Can't write data."; exit 1; }
[ "$run" != "\${FAKE_TORN:-}" ] || { echo 'Writing intelligently...done'; exit 0; }
case $dir in *loopback*) base=50 ;; *blktap*) base=55 ;; *) base=60 ;; esac
put=$((base * 1000 + run * 7 % 13 * 10))
get=$((base * 1900 + run * 5 % 11 * 10))
files=$((n * 100 + run))
printf 'Using uid\\n1.98,2.00a,%s,1,17953394%02d,%sM,,8192,5,,,%s,31,%s,22,,,%s,13,%s.%s,27,%s,,,,,' \\
  "$name" "$run" "$size" "$put" $((put * 2 / 5)) "$get" $((base * 4)) $((run % 10)) "$n"
for i in 1 2 3 4 5 6; do printf '%s,36,' $((files + i)); done
printf ',1693ms,348ms,,10082us,50787us,1172us,1251us,2566us,699us,242us,1135us\\n'
rm "$dir/a test file"
[ "$run" != "\${FAKE_UNSURE:-}" ]
`

/** Each target is a file system of its own, with as much room as a test says. */
const DF = `#!/bin/sh
for last; do :; done
case $1 in *i) room=\${FAKE_NAMES:-99999999} ;; *) room=\${FAKE_ROOM:-99999999999} ;; esac
mount=$last
[ -z "\${FAKE_MOUNT:-}" ] || mount=$FAKE_MOUNT
printf 'Filesystem blocks Used Available Capacity Mounted on\\n/dev/fake 999999999999 0 %s 1%% %s\\n' "$room" "$mount"
`

/** Quick, and no burden to the machine of the tests. */
const SYNC = `#!/bin/sh
printf 'sync\\n' >>"$FAKE_LOG"
`

/** A guest of Xen, wherever the tests run. */
const DETECT = `#!/bin/sh
echo "\${FAKE_VIRT:-xen}"
[ "\${FAKE_VIRT:-xen}" != none ]
`

/** What Xen wrote down of a disk, as its guest may read it. */
const XENSTORE = `#!/bin/sh
case $1 in
  device/vbd/51712/backend) echo /local/domain/0/backend/vbd/7/51712 ;;
  /local/domain/0/backend/vbd/7/51712/type) echo phy ;;
  /local/domain/0/backend/vbd/7/51712/params) echo /dev/vg/vm101 ;;
  *) exit 1 ;;
esac
`

/** dom0 by ssh: 3 GiB of memory. */
const SSH = `#!/bin/sh
for last; do :; done
printf 'ssh %s\\n' "$last" >>"$FAKE_LOG"
case $last in
  uname*) echo 'Linux 4.19.0' ;;
  *MemTotal*) echo 3072 ;;
  *drop_caches*) exit "\${FAKE_DROP:-0}" ;;
  *dumpxml*) printf '"disks": [\\n    "pdev_path": "/dev/vg/vm101"\\n]\\n' ;;
  *) echo $(($(grep -c ^bonnie "$FAKE_LOG") * 250)) ;;
esac
`

export interface Guest {
  readonly folder: string
  /** `lvm=…` for each backend */
  readonly targets: readonly string[]
  /** Runs the script to its end; settings are environment variables. */
  run(words?: readonly string[], settings?: Readonly<Record<string, string>>): Outcome
  /** Starts it for somebody to press Ctrl-C. */
  start(words?: readonly string[], settings?: Readonly<Record<string, string>>): ChildProcess
  /** what the fakes were asked since the last call */
  log(): string[]
  has(file: string): boolean
  read(file: string): string
}

/** The memory of this machine in MiB; what GUEST_MIB says where none is told. */
export function memoryHere(): number {
  const text = existsSync('/proc/meminfo') ? readFileSync('/proc/meminfo', 'utf8') : ''
  const kib = /^MemTotal: *(\d+)/.exec(text)?.[1]
  return kib === undefined ? 4096 : Math.ceil(Number(kib) / 1024)
}

/** A guest with the script and a target for each backend. */
export function makeGuest(script: string, ids: readonly string[], shell: readonly string[] = ['sh']): Guest {
  const folder = tree({
    'plan.sh': script,
    'bin/bonnie++': BONNIE,
    'bin/df': DF,
    'bin/ssh': SSH,
    'bin/sync': SYNC,
    'bin/systemd-detect-virt': DETECT,
    'bin/xenstore-read': XENSTORE,
    log: '',
    drop: '',
    ...Object.fromEntries(ids.map((id) => [`mnt/${id}/lost+found/.keep`, ''])),
  })
  for (const name of readdirSync(path.join(folder, 'bin'))) chmodSync(path.join(folder, 'bin', name), 0o755)
  const place = (file: string) => path.join(folder, file)
  const targets = ids.map((id) => `${id}=${place(`mnt/${id}`)}`)
  const environment = (settings: Readonly<Record<string, string>>) => ({
    PATH: `${place('bin')}:${process.env.PATH}`,
    FAKE_LOG: place('log'),
    DROP_CACHES: place('drop'),
    MACHINE: 'vm101',
    GUEST_MIB: '4096',
    ...settings,
  })
  const [command = 'sh', ...first] = shell
  return {
    folder,
    targets,
    run(words = targets, settings = {}) {
      const { status, signal, stdout, stderr } = spawnSync(command, [...first, 'plan.sh', ...words], {
        cwd: folder,
        env: environment(settings),
        encoding: 'utf8',
        timeout: 60_000,
        maxBuffer: 2 ** 26,
      })
      return { stdout, stderr, code: signal ?? status }
    },
    start(words = targets, settings = {}) {
      return spawn(command, [...first, 'plan.sh', ...words], { cwd: folder, env: environment(settings) })
    },
    log() {
      const lines = readFileSync(place('log'), 'utf8').split('\n').slice(0, -1)
      writeFileSync(place('log'), '')
      return lines
    },
    has: (file) => existsSync(place(file)),
    read: (file) => readFileSync(place(file), 'utf8'),
  }
}

/** The shells that a guest may have; `busybox` is that of Alpine. */
export const SHELLS: readonly (readonly string[])[] = [['dash'], ['busybox', 'sh'], ['bash', '--posix']]

/** Whether a program is installed here. */
export function isInstalled(name: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0
}

/**
 * Optional checks of shellcheck that ask for a style: braces around every name, no function in a condition, quotes
 * around words.
 */
export const EXCLUDED = 'SC2250,SC2310,SC2311,SC2312,SC2248,SC2249,SC2292'
