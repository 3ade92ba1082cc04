/** How the new site takes the place of the old one: what stays, what is kept, what is restored. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../src/commands/run.ts'
import { restoreSite } from '../src/publish/place.ts'
import { tidy } from './folders.ts'
import { recorder } from './program.ts'
import { FILES, MARK, refusing, withDisk, workplace } from './published.ts'
import { suite } from './suite.ts'
import { filesBelow } from './tree.ts'

const read = (file: string) => fs.readFileSync(file, 'utf8')
const identity = (file: string) => {
  const { ino, mtimeMs } = fs.statSync(file)
  return [ino, mtimeMs]
}

const test = suite('publishing')
test.after.each(tidy)

test('a file that holds the same bytes stays the same file, with its date', () => {
  const { at, build } = workplace()
  fs.utimesSync(at('site/a/page.html'), 1, 1)
  const names = ['site/a/page.html', 'site/raw/lvm.txt']
  const before = names.map((name) => identity(at(name)))
  const index = identity(at('site/index.html'))
  build({ ...FILES, 'index.html': `${MARK}two` })
  assert.equal(
    names.map((name) => identity(at(name))),
    before,
  )
  assert.not.equal(identity(at('site/index.html')), index)
  assert.is(fs.statSync(at('site/a/page.html')).nlink, 1)
})

test('whatever its date says, its bytes are compared', () => {
  const { at, build } = workplace()
  const { atime, mtime } = fs.statSync(at('site/a/page.html'))
  fs.writeFileSync(at('site/a/page.html'), 'edit')
  fs.utimesSync(at('site/a/page.html'), atime, mtime)
  build(FILES)
  assert.is(read(at('site/a/page.html')), 'page')
})

test('a file that has another name outside, is a link, or is not for everybody, is written anew', () => {
  const { at, build } = workplace({ ...FILES, 'b.html': 'page', 'c.html': 'page' })
  fs.linkSync(at('site/a/page.html'), at('elsewhere'))
  fs.rmSync(at('site/b.html'))
  fs.symlinkSync('a/page.html', at('site/b.html'))
  fs.chmodSync(at('site/c.html'), 0o600)
  build({ ...FILES, 'b.html': 'page', 'c.html': 'page' })
  fs.writeFileSync(at('elsewhere'), 'edited in place')
  for (const name of ['a/page.html', 'b.html', 'c.html']) {
    const stat = fs.lstatSync(at(`site/${name}`))
    assert.equal([read(at(`site/${name}`)), stat.isFile(), stat.mode & 0o777], ['page', true, 0o644], name)
  }
})

for (const code of ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP']) {
  test(`a disk that does not link (${code}) gets copies`, () => {
    const { at, site, build } = workplace()
    fs.writeFileSync(at('site/CNAME'), 'x.example')
    fs.utimesSync(at('site/CNAME'), 1, 1)
    withDisk({ linkSync: refusing(code) }, () => build(FILES))
    assert.equal(filesBelow(site), ['CNAME', 'a/page.html', 'index.html', 'manifest.json', 'raw/lvm.txt'])
    assert.equal([read(at('site/CNAME')), fs.statSync(at('site/CNAME')).mtimeMs], ['x.example', 1000])
    assert.is(read(at('site/a/page.html')), 'page')
  })
}

test('pages that are no longer wanted go; what no build wrote is kept as it is, and told', () => {
  const { at, site, build } = workplace({ ...FILES, 'stale/page.html': 'stale' })
  fs.writeFileSync(at('site/CNAME'), 'x.example')
  fs.symlinkSync('CNAME', at('site/a/link'))
  fs.writeFileSync(at('site/stale/note.txt'), 'mine')
  const before = identity(at('site/CNAME'))
  assert.equal(build(FILES), { kept: ['CNAME', 'a/link', 'stale/note.txt'], replaced: [] })
  assert.not.ok(fs.existsSync(at('site/stale/page.html')))
  assert.equal(identity(at('site/CNAME')), before)
  assert.is(fs.readlinkSync(at('site/a/link')), 'CNAME')
  assert.equal(build(FILES).kept.length, 3)
  assert.ok(filesBelow(site).includes('stale/note.txt'))
})

test('what no build wrote is replaced only under the name of a page, and told', () => {
  const { at, build } = workplace()
  fs.writeFileSync(at('site/new.html'), 'mine')
  fs.writeFileSync(at('site/same.html'), 'same')
  assert.equal(build({ ...FILES, 'new.html': 'page', 'same.html': 'same' }), {
    kept: [],
    replaced: ['new.html'],
  })
  assert.is(read(at('site/new.html')), 'page')
})

test('of a site without a manifest everything is kept that the new one does not hold', () => {
  const { at, build } = workplace({ ...FILES, 'stale.html': 'stale' })
  fs.rmSync(at('site/manifest.json'))
  assert.equal(build({ ...FILES, 'index.html': `${MARK}two` }), { kept: ['stale.html'], replaced: [] })
})

for (const [title, own, page] of [
  ['a file where a folder is wanted', 'b', 'b/page.html'],
  ['a folder where a file is wanted', 'b/own.txt', 'b'],
] as const) {
  test(`refuses ${title}`, () => {
    const { at, folder, build } = workplace()
    fs.mkdirSync(path.dirname(at(`site/${own}`)), { recursive: true })
    fs.writeFileSync(at(`site/${own}`), 'mine')
    assert.throws(() => build({ ...FILES, [page]: 'x' }), /stands where the new site has another file/)
    assert.is(read(at(`site/${own}`)), 'mine')
    assert.equal(fs.readdirSync(folder).sort(), ['results', 'site', 'templates'])
  })
}

// ─── after a kill ───────────────────────────────────────────────────────────────────────────────────────────────

test('between the two renames, any command puts the old site back', async () => {
  const { site, fresh, old, lock } = workplace()
  fs.cpSync(site, fresh, { recursive: true })
  fs.symlinkSync('999999 1 boot', lock)
  fs.renameSync(site, old)
  const { io } = recorder()
  assert.is(await run(['verify', site, 'nowhere'], io), 2)
  assert.equal([fs.existsSync(site), fs.existsSync(old)], [true, false])
  // which is for the next build, as it holds the lock
  assert.ok(fs.existsSync(fresh))
})

test('also behind a link', () => {
  const { at, site, old } = workplace()
  fs.symlinkSync('site', at('public'))
  fs.renameSync(site, old)
  restoreSite(at('public'))
  assert.ok(fs.existsSync(at('public/index.html')))
})

test('a whole site is never replaced by what lies beside it', () => {
  const { site, old, at } = workplace()
  fs.mkdirSync(old)
  restoreSite(site)
  assert.ok(fs.existsSync(at('site/index.html')))
})

test('the next build removes what is left', () => {
  const { folder, site, build, fresh, old, gone, lock } = workplace()
  for (const place of [fresh, old, gone]) fs.cpSync(site, place, { recursive: true })
  fs.symlinkSync('999999 1 boot', lock)
  fs.symlinkSync('999999 1 boot', `${lock}.stale`)
  build(FILES)
  assert.equal(fs.readdirSync(folder).sort(), ['results', 'site', 'templates'])
})

test('what is removed bit by bit is never restored', () => {
  const { site, old, gone, build } = workplace()
  let seen: boolean[] = []
  const rm = fs.rmSync
  fs.rmSync = (place, options) => {
    if (place === gone) seen = [fs.existsSync(old), fs.existsSync(site)]
    rm(place, options)
  }
  syncBuiltinESMExports()
  try {
    build({ ...FILES, 'index.html': `${MARK}two` })
  } finally {
    fs.rmSync = rm
    syncBuiltinESMExports()
  }
  assert.equal(seen, [false, true])
})

test.run()
