/** The program at a terminal, in folders of all names, and where it may not write. */
import { chmodSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { makeWorkplace, runProcess } from './program.ts'
import { skip, suite } from './suite.ts'

const workplace = makeWorkplace()

const terminal = suite('terminal')

/** Both streams believe that they are a terminal of so many columns. */
function atTerminal(columns: number, env: Readonly<Record<string, string>> = {}) {
  const pretend = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    import tty from 'node:tty'
    const exact = fs.fstatSync
    fs.fstatSync = (fd) => (fd === 1 || fd === 2 ? { isCharacterDevice: () => true } : exact(fd))
    tty.isatty = () => true
    syncBuiltinESMExports()
    for (const stream of [process.stdout, process.stderr]) Object.assign(stream, { isTTY: true, columns: ${columns} })`
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
  const options = `--import ${preload}`
  return { env: { ...process.env, NO_COLOR: '', TERM: 'xterm', ...env, NODE_OPTIONS: options } }
}

terminal('is painted where somebody looks, unless they asked for none', async () => {
  const check = ['check', 'inputs/faults']
  const painted = await runProcess(check, workplace, atTerminal(80))
  assert.match(painted.stdout, '\x1b[31merror\x1b[0m')
  const plain = [
    await runProcess(check, workplace),
    await runProcess([...check, '--no-color'], workplace, atTerminal(80)),
    await runProcess(check, workplace, atTerminal(80, { NO_COLOR: '1' })),
    await runProcess(check, workplace, atTerminal(80, { TERM: 'dumb' })),
  ]
  const stripped = painted.stdout.replace(/\x1b\[\d+m/g, '')
  for (const { stdout } of plain) assert.is(stdout, stripped)
})

terminal('is never written over its edge by a table', async () => {
  const { stdout } = await runProcess(['show', 'inputs/two-logs'], workplace, atTerminal(40))
  for (const line of stdout.split('\n')) assert.ok(line.length <= 40, line)
  assert.match(stdout, /block write/)
})

terminal('shows a place that can be clicked, whatever its folders are called', async () => {
  const home = path.join(workplace, 'Über uns (neu)', '日本語')
  cpSync(path.join(workplace, 'inputs/two-logs'), path.join(home, 'my results'), { recursive: true })
  const built = await runProcess(['build', 'my results', '-o', 'a site'], home)
  assert.equal([built.code, built.stdout], [0, '1 study, 2 runs, 2 backends: a site/index.html\n'])
  assert.match(built.stderr, /: bonnie-report check 'my results'\n$/)
  const checked = await runProcess(['check', 'my results'], home)
  assert.match(checked.stdout, /^my results\/blktap-1\.txt:\d+:\d+: /m)
  const added = await runProcess(['add', 'my results/loopback-1.txt', '--study', 'x'], home)
  assert.is(added.code, 0)
  assert.ok(existsSync(path.join(home, 'results/x/loopback/loopback-1.txt')))
})

terminal('says which folder it may not write to, and leaves it as it was', async () => {
  if (process.getuid?.() !== 0) skip('only root can become nobody')
  const nobody = { uid: 65534, gid: 65534 }
  chmodSync(workplace, 0o755)
  if ((await runProcess(['-V'], workplace, nobody)).code !== 0) skip('nobody may not read this project')
  const locked = path.join(workplace, 'locked')
  mkdirSync(locked, { mode: 0o755 })
  const refusals: readonly (readonly [args: readonly string[], words: string])[] = [
    [
      ['build', 'inputs/two-logs', '-o', 'locked/site'],
      'The site could not be written to locked/site: permission denied.',
    ],
    [['init', 'locked'], 'locked/.gitattributes could not be written: permission denied.'],
  ]
  for (const [args, words] of refusals) {
    const { code, stderr } = await runProcess(args, workplace, nobody)
    assert.is(code, 2, args.join(' '))
    assert.match(stderr, `bonnie-report: ${words}`)
  }
  assert.is(existsSync(path.join(locked, 'site')), false)
})

terminal.run()
