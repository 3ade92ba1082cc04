/** The package as npm packs it, and folders in which it is installed without a network. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')

export interface Workplace {
  /** an empty folder */
  readonly home: string
  /** where the tarball lies */
  readonly tarball: string
  /** the package unpacked, with what it depends on */
  readonly unpacked: string
  /** runs a line of a shell in a folder, with `npx` and `npm install` that need no network */
  shell(line: string, cwd: string): { stdout: string; stderr: string; status: number | null }
}

/**
 * Packs this project, and makes an `npx` and an `npm install` that do with a tarball what npm does, but take what it
 * depends on from the project. Other words of npm are npm's own. All is gone when the tests are.
 */
export function makeWorkplace(): Workplace {
  const place = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'package-')))
  process.on('exit', () => fs.rmSync(place, { recursive: true, force: true }))
  const [home, bin] = [path.join(place, 'home'), path.join(place, 'bin')]
  for (const folder of [home, bin]) fs.mkdirSync(folder)
  const packed = spawnSync('npm', ['pack', '--silent', '--offline', '--pack-destination', place], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stderr}`)
  const name = fs.readdirSync(place).find((file) => file.endsWith('.tgz')) ?? ''
  const tarball = path.join(place, name)
  const install = `install() {
  mkdir -p "$2/node_modules/bonnie-report" "$2/node_modules/.bin"
  ln -sfn ../bonnie-report/dist/cli.js "$2/node_modules/.bin/bonnie-report"
  tar -xzf "$1" -C "$2/node_modules/bonnie-report" --strip-components=1
  ${dependencies()
    .map(
      (each) =>
        `mkdir -p "$2/node_modules/${path.dirname(each)}"; ln -sfn '${ROOT}/node_modules/${each}' "$2/node_modules/${each}"`,
    )
    .join('\n  ')}
}
`
  const npm = spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim()
  script(
    bin,
    'npm',
    `${install}case "$1" in
  install) install vendor/bonnie-report-*.tgz . ;;
  *) exec '${npm}' "$@" ;;
esac`,
  )
  script(
    bin,
    'npx',
    `${install}while :; do
  case "$1" in
    --yes|--no|--) shift ;;
    *.tgz) install "$1" '${place}/npx'; shift; exec '${process.execPath}' '${place}/npx/node_modules/bonnie-report/dist/cli.js' "$@" ;;
    bonnie-report) shift; exec '${process.execPath}' node_modules/bonnie-report/dist/cli.js "$@" ;;
    *) echo "npx would fetch $1" >&2; exit 1 ;;
  esac
done`,
  )
  const unpacked = path.join(place, 'alone/node_modules/bonnie-report')
  spawnSync('sh', ['-c', `${install}install '${tarball}' '${place}/alone'`])
  const env = { ...process.env, HOME: home, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1' }
  return {
    home,
    tarball,
    unpacked,
    shell: (line, cwd) => spawnSync('sh', ['-e', '-c', line], { cwd, env, encoding: 'utf8' }),
  }
}

/** What the package says it needs, and nothing else. */
function dependencies(): string[] {
  return Object.keys(JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).dependencies)
}

function script(folder: string, name: string, text: string): void {
  fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
}
