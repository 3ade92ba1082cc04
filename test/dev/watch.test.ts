/** Watching folders: what is edited, removed and made again is heard of, whichever way it is done. */
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { type Watch, watchFolders } from '../../src/watch.ts'
import { tidy, tree } from '../folders.ts'
import { suite } from '../suite.ts'

const test = suite('watching folders')
let watches: Watch[] = []

test.after.each(() => {
  for (const watch of watches) watch.close()
  watches = []
  tidy()
})

/** Long enough for a hint, and for looking without one. */
const SETTLED_MS = 900

/** A watch over folders that counts what it says, once it has calmed down. */
async function watched(...folders: string[]) {
  let count = 0
  let wake = () => {}
  const watch = watchFolders(folders, () => {
    count += 1
    wake()
  })
  watches.push(watch)
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
  return {
    watch,
    count: () => count,
    /** does something and waits until it is heard of, however long that takes */
    async hears(act: () => void): Promise<void> {
      const heard = new Promise<void>((resolve) => {
        wake = resolve
      })
      act()
      await heard
      await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
    },
  }
}

test('hears of a file that is written, made, renamed, replaced and removed, at any depth', async () => {
  const folder = tree({ 'xen/loopback/1.txt': 'a' })
  const at = (name: string) => path.join(folder, name)
  const { hears } = await watched(folder)
  await hears(() => appendFileSync(at('xen/loopback/1.txt'), 'b'))
  await hears(() => writeFileSync(at('xen/loopback/2.txt'), 'b'))
  await hears(() => renameSync(at('xen/loopback/2.txt'), at('xen/2.txt')))
  await hears(() => {
    writeFileSync(at('xen/.1.txt.swp'), 'c')
    renameSync(at('xen/.1.txt.swp'), at('xen/loopback/1.txt'))
  })
  await hears(() => rmSync(at('xen/2.txt')))
})

test('hears of what comes in folders that were not there', async () => {
  const folder = tree({ 'a.txt': 'a' })
  const { hears } = await watched(folder)
  await hears(() => {
    mkdirSync(path.join(folder, 'xen/lvm/deep'), { recursive: true })
    writeFileSync(path.join(folder, 'xen/lvm/deep/1.txt'), 'a')
  })
  await hears(() => appendFileSync(path.join(folder, 'xen/lvm/deep/1.txt'), 'b'))
})

test('hears of a folder that is removed, and of what is written when it is back', async () => {
  const folder = tree({ 'xen/1.txt': 'a', 'other/1.txt': 'a' })
  const file = path.join(folder, 'xen/1.txt')
  const { hears } = await watched(folder)
  await hears(() => rmSync(path.join(folder, 'xen'), { recursive: true }))
  await hears(() => {
    mkdirSync(path.join(folder, 'xen'))
    writeFileSync(file, 'b')
  })
  await hears(() => appendFileSync(file, 'c'))
  // another folder at the same place
  await hears(() => renameSync(path.join(folder, 'xen'), path.join(folder, 'old')))
  await hears(() => renameSync(path.join(folder, 'other'), path.join(folder, 'xen')))
  await hears(() => appendFileSync(file, 'd'))
})

test('waits for a folder that is not there, and outlives its end', async () => {
  const parent = tree({})
  const results = path.join(parent, 'results')
  const { hears } = await watched(results)
  for (const round of ['first', 'second']) {
    await hears(() => mkdirSync(results))
    await hears(() => writeFileSync(path.join(results, 'lvm.txt'), round))
    await hears(() => rmSync(results, { recursive: true }))
  }
})

test('sees by looking what nobody tells: a folder further up that goes and comes', async () => {
  const folder = tree({ 'blog/results/a.txt': 'a' })
  const blog = path.join(folder, 'blog')
  const { hears } = await watched(path.join(blog, 'results'))
  await hears(() => renameSync(blog, path.join(folder, 'away')))
  await hears(() => renameSync(path.join(folder, 'away'), blog))
  await hears(() => appendFileSync(path.join(blog, 'results/a.txt'), 'b'))
})

test('follows a link to the folder, and tells of several folders that have one parent', async () => {
  const parent = tree({ 'real/a.txt': 'a', 'templates/b.txt': 'b' })
  symlinkSync('real', path.join(parent, 'results'))
  const { hears } = await watched(path.join(parent, 'results'), path.join(parent, 'templates'))
  await hears(() => appendFileSync(path.join(parent, 'real/a.txt'), 'b'))
  await hears(() => rmSync(path.join(parent, 'templates'), { recursive: true }))
  await hears(() => rmSync(path.join(parent, 'results')))
})

test('says once what changes together, and nothing of names with a dot or of neighbours', async () => {
  const parent = tree({ 'results/a.txt': 'a', 'site/index.html': 'a' })
  const results = path.join(parent, 'results')
  const { hears, count } = await watched(results)
  assert.is(count(), 0)
  writeFileSync(path.join(results, '.a.txt.swp'), 'a')
  writeFileSync(path.join(parent, 'site/index.html'), 'b')
  writeFileSync(path.join(parent, 'notes.txt'), 'b')
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
  assert.is(count(), 0)
  await hears(() => {
    for (let i = 0; i < 50; i += 1) writeFileSync(path.join(results, `${i}.txt`), 'a')
  })
  assert.ok(count() <= 2, `${count()} times`)
})

test('is silent when it is closed', async () => {
  const folder = tree({ 'a.txt': 'a' })
  const { watch, count } = await watched(folder)
  watch.close()
  appendFileSync(path.join(folder, 'a.txt'), 'b')
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
  assert.is(count(), 0)
})

test.run()
