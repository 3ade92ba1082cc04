/**
 * A small site is written while the disk fails at each call in turn, in each of its ways, and while the process is
 * killed after each call that changes the disk. Whatever happens, the site is whole: the old one or the new one.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import * as assert from 'uvu/assert'
import { isDiskError, Refusal } from '../../src/disk.ts'
import { restoreSite } from '../../src/publish/place.ts'
import { tidy, tree } from '../folders.ts'
import { suite } from '../suite.ts'
import { type DiskCall, type Fault, withFault } from './hook.mjs'
import { brokenBefore, brokenIn, leftovers, portrait } from './oracle.ts'
import { writeSmall } from './small.ts'

const HOOK = fileURLToPath(new URL('./hook.mjs', import.meta.url))
const OWN = ['CNAME', 'stale/note.txt']

/** What writes the small site as a process of its own, in a folder whose files the hook does not count. */
async function bundledSmall(): Promise<string> {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'small-'))
  process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }))
  const small = path.join(home, 'dist/small.mjs')
  const entry = fileURLToPath(new URL('./small.ts', import.meta.url))
  await build({ entryPoints: [entry], outfile: small, bundle: true, platform: 'node', format: 'esm' })
  return small
}

/** A workplace with the old site, in which somebody put two files. */
function workplace(): string {
  const folder = tree({ 'results/lvm.txt': 'raw\r\n', 'templates/x': '' })
  writeSmall(folder, 'old')
  for (const name of OWN) fs.writeFileSync(path.join(folder, 'site', name), name)
  return folder
}

function healthy(): { calls: readonly DiskCall[]; before: string; after: string } {
  const folder = workplace()
  const before = portrait(path.join(folder, 'site'))
  const calls = withFault({ at: 0, kind: 'EIO' }, () => writeSmall(folder, 'new'))
  return { calls, before, after: portrait(path.join(folder, 'site')) }
}

/** Writes the new site with a fault, in this process; what was thrown, or null. */
function write(folder: string, fault: Fault): unknown {
  try {
    withFault(fault, () => writeSmall(folder, 'new'))
    return null
  } catch (error) {
    return error
  }
}

function assertWhole(folder: string, told: string): void {
  assert.equal(brokenBefore(folder, OWN), [], `${told}: right after it`)
  restoreSite(path.join(folder, 'site'))
  assert.equal(brokenIn(path.join(folder, 'site'), OWN), [], `${told}: after any command`)
  assert.ok([before, after].includes(portrait(path.join(folder, 'site'))), `${told}: old or new`)
  writeSmall(folder, 'new')
  assert.is(portrait(path.join(folder, 'site')), after, `${told}: after the next build`)
  assert.equal(leftovers(folder), [], `${told}: after the next build`)
  assert.is(fs.readFileSync(path.join(folder, 'results/lvm.txt'), 'utf8'), 'raw\r\n')
}

const test = suite('a disk that fails while the site is written')
test.after.each(tidy)

const { calls, before, after } = healthy()
const toldOf = (at: number, kind: string) =>
  `${kind} at call ${at}, ${calls[at - 1]?.name} ${calls[at - 1]?.place}`

test('is asked over sixty times, and each time may fail', () => {
  assert.ok(calls.length > 60, `${calls.length}`)
  assert.ok(calls.filter(({ writes }) => writes).length > 25)
  assert.not.equal(before, after)
})

for (const kind of ['ENOSPC', 'EACCES', 'EIO', 'EROFS', 'EMFILE', 'half'] as const) {
  test(`${kind} at each call: refused in one sentence, or all is well`, () => {
    let refused = 0
    for (let at = 1; at <= calls.length; at += 1) {
      const folder = workplace()
      const error = write(folder, { at, kind })
      if (error !== null) {
        refused += 1
        // what is read before the writing is told by the program
        const isTold = error instanceof Refusal || isDiskError(error)
        assert.ok(isTold, `${toldOf(at, kind)}: ${error}`)
        assert.is(portrait(path.join(folder, 'site')), before, toldOf(at, kind))
      } else assert.is(portrait(path.join(folder, 'site')), after, toldOf(at, kind))
      assertWhole(folder, toldOf(at, kind))
      tidy()
    }
    assert.ok(refused > 20, `${refused} of ${calls.length} were refused`)
  })
}

test('a disk that is full from some call on leaves the old site, and can be built on when it has room', () => {
  calls.forEach(({ writes }, i) => {
    if (!writes) return
    const folder = workplace()
    const error = write(folder, { at: i + 1, kind: 'ENOSPC', sticks: true })
    if (error !== null) assert.match(String(error), 'the disk is full', toldOf(i + 1, 'full'))
    assertWhole(folder, toldOf(i + 1, 'full'))
    tidy()
  })
})

test('kill -9 after each call that changes the disk', async () => {
  const small = await bundledSmall()
  calls.forEach(({ writes }, i) => {
    if (!writes) return
    const folder = workplace()
    const fault: Fault = { at: i + 1, kind: 'kill' }
    const { signal, stderr } = spawnSync(
      process.execPath,
      ['--import', pathToFileURL(HOOK).href, small, folder],
      {
        env: { ...process.env, FAULT: JSON.stringify(fault) },
        encoding: 'utf8',
      },
    )
    assert.is(signal, 'SIGKILL', `${toldOf(i + 1, 'kill')}: ${stderr}`)
    assertWhole(folder, toldOf(i + 1, 'kill'))
    tidy()
  })
})

test('the oracle sees what is broken', () => {
  const folder = workplace()
  const site = path.join(folder, 'site')
  fs.writeFileSync(path.join(site, 'style.css'), 'cut')
  fs.writeFileSync(path.join(site, 'foreign'), '')
  assert.is(brokenIn(site, [...OWN, 'lost']).length, 3)
  fs.renameSync(site, path.join(folder, '.site.new'))
  assert.is(brokenBefore(folder, OWN).length, 1)
})

test.run()
