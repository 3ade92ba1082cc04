import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { hashOf } from '../src/decode.ts'
import { Refusal } from '../src/disk.ts'
import type { SealedFile } from '../src/model/library.ts'
import { manifestText } from '../src/publish/manifest.ts'
import { writeSite } from '../src/site-files.ts'
import { tidy, tree } from './folders.ts'
import { suite } from './suite.ts'

const writing = suite('writing the site')
writing.after.each(tidy)

const RAW = 'raw\r\n'
const { sha256 } = hashOf(Buffer.from(RAW))
const SITE: ReadonlyMap<string, SealedFile> = new Map<string, SealedFile>([
  ['index.html', '<p>new'],
  ['.nojekyll', ''],
  ['xen/raw/lvm/1.txt', { copy: 'xen/lvm/1.txt', from: 'results', sha256 }],
])

const MARK = '<meta name="generator" content="bonnie-report">'
const BUILT = { 'index.html': `${MARK}<p>old`, '.nojekyll': '', 'gone.html': 'gone' }
const OLD = {
  ...Object.fromEntries(Object.entries(BUILT).map(([name, text]) => [`site/${name}`, text])),
  'site/manifest.json': manifestText({
    schema: 1,
    program: { name: 'bonnie-report', version: '0' },
    inputs: [],
    outputs: Object.entries(BUILT).map(([path, text]) => ({ path, ...hashOf(Buffer.from(text)) })),
  }),
}

function workplace(files: Readonly<Record<string, string>> = {}) {
  const folder = tree({ 'results/xen/lvm/1.txt': RAW, 'templates/x': 'x', ...files })
  const at = (name: string) => path.join(folder, name)
  return { folder, at, roots: { results: at('results'), templates: at('templates') } }
}

function contents(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

writing('makes a new one, byte for byte', () => {
  const { at, roots } = workplace()
  writeSite(at('a/b/site'), SITE, roots)
  assert.equal(contents(at('a/b/site')), ['.nojekyll', 'index.html', 'xen/raw/lvm/1.txt'])
  assert.is(fs.readFileSync(at('a/b/site/xen/raw/lvm/1.txt'), 'utf8'), RAW)
  assert.equal(fs.readdirSync(at('a/b')), ['site'])
})

writing('replaces an old one whole', () => {
  const { folder, at, roots } = workplace(OLD)
  writeSite(at('site'), SITE, roots)
  assert.equal(contents(at('site')), ['.nojekyll', 'index.html', 'xen/raw/lvm/1.txt'])
  assert.equal(fs.readdirSync(folder).sort(), ['results', 'site', 'templates'])
})

writing('fills an empty folder', () => {
  const { at, roots } = workplace()
  fs.mkdirSync(at('site'))
  writeSite(at('site'), SITE, roots)
  assert.is(contents(at('site')).length, 3)
})

writing('replaces what a link leads to, not the link', () => {
  const { at, roots } = workplace({ 'public/index.html': MARK, 'public/.nojekyll': '' })
  fs.symlinkSync('public', at('site'))
  writeSite(at('site'), SITE, roots)
  assert.ok(fs.lstatSync(at('site')).isSymbolicLink())
  assert.is(contents(at('public')).length, 3)
})

writing('gives everybody the right to read, whatever the umask', () => {
  const { at, roots } = workplace()
  fs.chmodSync(at('results/xen/lvm/1.txt'), 0o600)
  const umask = process.umask(0o077)
  try {
    writeSite(at('site'), SITE, roots)
  } finally {
    process.umask(umask)
  }
  const mode = (name: string) => (fs.statSync(at(name)).mode & 0o777).toString(8)
  assert.equal(['site', 'site/xen/raw', 'site/index.html', 'site/xen/raw/lvm/1.txt'].map(mode), [
    '755',
    '755',
    '644',
    '644',
  ])
})

writing('leaves the old one as it was when anything fails', () => {
  const { folder, at, roots } = workplace(OLD)
  const broken = new Map<string, SealedFile>([
    ...SITE,
    ['lost', { copy: 'nowhere', from: 'results', sha256 }],
  ])
  assert.throws(
    () => writeSite(at('site'), broken, roots),
    (e: unknown) => e instanceof Refusal,
  )
  assert.equal(contents(at('site')), ['.nojekyll', 'gone.html', 'index.html', 'manifest.json'])
  assert.equal(fs.readdirSync(folder).sort(), ['results', 'site', 'templates'])
})

writing('publishes no bytes but those that were judged', () => {
  const { at, roots } = workplace(OLD)
  fs.writeFileSync(at('results/xen/lvm/1.txt'), 'meanwhile')
  assert.throws(() => writeSite(at('site'), SITE, roots), /1\.txt changed while the site was being built/)
  assert.equal(contents(at('site')), ['.nojekyll', 'gone.html', 'index.html', 'manifest.json'])
})

writing('puts the old one back when the swap fails half way', () => {
  const { folder, at, roots } = workplace(OLD)
  const rename = fs.renameSync
  let calls = 0
  fs.renameSync = (from, to) => {
    calls += 1
    if (calls === 2) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY', syscall: 'rename' })
    rename(from, to)
  }
  syncBuiltinESMExports()
  try {
    assert.throws(() => writeSite(at('site'), SITE, roots), /could not be written to .*: it is in use/)
  } finally {
    fs.renameSync = rename
    syncBuiltinESMExports()
  }
  assert.is(calls, 3)
  assert.equal(contents(at('site')), ['.nojekyll', 'gone.html', 'index.html', 'manifest.json'])
  assert.equal(fs.readdirSync(folder).sort(), ['results', 'site', 'templates'])
})

const refused: readonly (readonly [
  title: string,
  out: string,
  files: Record<string, string>,
  message: RegExp,
])[] = [
  ['a folder with other things', 'site', { 'site/thesis.tex': '' }, /not empty and holds no site of ours/],
  [
    'a site of somebody else',
    'site',
    { 'site/index.html': '<p>mine', 'site/.nojekyll': '' },
    /holds no site of ours/,
  ],
  ['a folder with half a site', 'site', { 'site/index.html': '' }, /not empty and holds no site of ours/],
  ['a git repository', 'site', { ...OLD, 'site/.git/HEAD': '' }, /git repository/],
  ['a file', 'site', { site: '' }, /is a file/],
  ['a place below a file', 'x/site', { x: '' }, /could not be written/],
  ['the results', 'results', {}, /what it is made from/],
  ['a place in the results', 'results/site', {}, /what it is made from/],
  ['a folder above the results', '.', { 'index.html': '', '.nojekyll': '' }, /what it is made from/],
]
for (const [title, out, files, message] of refused) {
  writing(`refuses to replace ${title}`, () => {
    const { folder, at, roots } = workplace(files)
    const before = contents(folder)
    assert.throws(
      () => writeSite(at(out), SITE, roots),
      (e: unknown) => e instanceof Refusal && message.test(e.message),
    )
    assert.equal(contents(folder), before)
  })
}

writing('refuses to replace the folder one stands in', () => {
  const { at, roots } = workplace(OLD)
  const before = process.cwd()
  process.chdir(at('site'))
  try {
    assert.throws(() => writeSite('.', SITE, roots), /what it is made from/)
  } finally {
    process.chdir(before)
  }
})

for (const name of ['../evil', 'a/../../evil', '/evil', 'a/..', './a', '.', '', 'a/../..']) {
  writing(`cannot be talked into a file outside: ${JSON.stringify(name)}`, () => {
    const { at, roots } = workplace()
    const bad = () => writeSite(at('site'), new Map([[name, 'x']]), roots)
    assert.throws(bad, /cannot hold a file called/)
    assert.not(fs.existsSync(at('site')))
    assert.not(fs.existsSync(at('evil')))
  })
}

writing.run()
