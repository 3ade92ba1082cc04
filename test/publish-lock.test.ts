/** One build at a time writes a site, and nobody waits for the dead. */
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { withLock } from '../src/publish/lock.ts'
import { tidy } from './folders.ts'
import { FILES, MARK, refusing, withDisk, workplace } from './published.ts'
import { suite } from './suite.ts'

const test = suite('the lock of a site')
test.after.each(tidy)

const LOCK = path.resolve('src/publish/lock.ts')

/** A process that takes the lock, says so, and holds it for some milliseconds. */
function holder(lock: string, milliseconds: number) {
  const code = `import { appendFileSync, writeSync } from 'node:fs'
    import { withLock } from ${JSON.stringify(LOCK)}
    withLock(${JSON.stringify(lock)}, () => {
      writeSync(1, 'held')
      appendFileSync(${JSON.stringify(`${lock}.log`)}, '(')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${milliseconds})
      appendFileSync(${JSON.stringify(`${lock}.log`)}, ')')
    })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code])
  const held = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, held, ended }
}

test('a build waits for another one', async () => {
  const { lock, build } = workplace()
  const { held, ended } = holder(lock, 300)
  await held
  build(FILES)
  assert.is(await ended, 0)
})

test('or says which process it is that does not end', async () => {
  const { lock, site, build } = workplace()
  const { child, held, ended } = holder(lock, 60_000)
  await held
  assert.throws(
    () => build(FILES),
    new RegExp(`Another build \\(process ${child.pid}\\) is writing the same site`),
  )
  assert.ok(fs.existsSync(path.join(site, 'index.html')))
  child.kill('SIGKILL')
  await ended
  build(FILES)
  assert.not.ok(fs.lstatSync(lock, { throwIfNoEntry: false }))
})

test('a living process keeps its lock, though the system does not say now that it lives', async () => {
  const { lock } = workplace()
  const { held, ended, child } = holder(lock, 60_000)
  await held
  const read = fs.readFileSync
  const failing = (file: fs.PathOrFileDescriptor, ...more: []) =>
    String(file) === `/proc/${child.pid}/stat` ? refusing('EMFILE')() : read(file, ...more)
  withDisk({ readFileSync: failing }, () => assert.throws(() => withLock(lock, () => {}), /EMFILE/))
  assert.match(fs.readlinkSync(lock), `${child.pid} `)
  child.kill('SIGKILL')
  await ended
})

test('the lock of a dead process holds nobody up, even where its number lives again', () => {
  const { lock, build } = workplace()
  const { pid } = spawnSync('true')
  for (const token of [`${pid} 1 boot`, `${process.pid} 1 boot`, `1 - -`, 'x', '']) {
    if (token === '') fs.writeFileSync(lock, '')
    else fs.symlinkSync(token, lock)
    build(FILES)
    assert.not.ok(fs.lstatSync(lock, { throwIfNoEntry: false }), token)
  }
})

test('a disk without links has a lock too', async () => {
  const { lock } = workplace()
  withDisk({ symlinkSync: refusing('EPERM') }, () => {
    withLock(lock, (isHeld) => assert.equal([isHeld(), fs.lstatSync(lock).isFile()], [true, true]))
  })
  assert.not.ok(fs.existsSync(lock))
})

test('a build whose lock was taken away leaves the site as it is', () => {
  const { at, build, lock } = workplace()
  const link = fs.linkSync
  const taking = (from: string, to: string) => {
    fs.rmSync(lock, { force: true })
    fs.symlinkSync('1 - another', lock)
    link(from, to)
  }
  withDisk({ linkSync: taking }, () => {
    assert.throws(
      () => build({ ...FILES, 'index.html': `${MARK}two` }),
      /Another build has taken the place of this one/,
    )
  })
  assert.is(fs.readFileSync(at('site/index.html'), 'utf8'), `${MARK}one`)
})

test('of many at once, each has its turn', async () => {
  const { lock } = workplace()
  fs.symlinkSync('999999 1 boot', lock)
  const holders = Array.from({ length: 4 }, () => holder(lock, 60))
  assert.equal(await Promise.all(holders.map(({ ended }) => ended)), [0, 0, 0, 0])
  assert.is(fs.readFileSync(`${lock}.log`, 'utf8'), '()()()()')
})

test.run()
