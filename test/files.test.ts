import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { readLibrary, readMainStudyText, readTemplates } from '../src/files.ts'
import { readVersion } from '../src/package.ts'
import { type DiskCall, withFault } from './faults/hook.mjs'
import { tidy, tree } from './folders.ts'
import { skip, suite } from './suite.ts'

const NAMES: ReadonlySet<string> = new Set(['loopback', 'loop', 'lvm'])

/** What was found, as short text. */
function found(folder: string): Record<string, string> {
  const { folders: studies, diagnostics } = readLibrary(folder, NAMES)
  const told = (list: typeof diagnostics) => list.map((d) => `${d.rule} ${d.place.file}`).join(', ')
  const entries = studies.map((study) => {
    const { prefix, studyText, sources, images, diagnostics: own } = study
    const parts = [sources.map((s) => s.path).join(' '), images.join(' '), studyText ?? '-', told(own)]
    return [`${study.slug}=${prefix}`, parts.join(' | ')]
  })
  return Object.fromEntries([...entries, ...(diagnostics.length > 0 ? [['', told(diagnostics)]] : [])])
}

// ─── layout ─────────────────────────────────────────────────────────────────────────────────────────────────────

const layout = suite('layout of results/')
layout.after.each(tidy)

const layouts: readonly (readonly [
  title: string,
  files: readonly string[],
  expected: Record<string, string>,
])[] = [
  ['loose files are the study main', ['loopback.txt', 'a.md'], { 'main=': 'a.md loopback.txt |  | - | ' }],
  [
    'a folder named as a backend belongs to main, whatever its case',
    ['lvm/1.txt', 'Loop/2.txt'],
    { 'main=': 'Loop/2.txt lvm/1.txt |  | - | ' },
  ],
  [
    'unless it holds a study.md',
    ['lvm/study.md', 'lvm/lvm/1.txt'],
    { 'lvm=lvm/': 'lvm/1.txt |  | lvm/study.md | ' },
  ],
  [
    'another folder is a study',
    ['xen/lvm/1.txt', 'study.md', 'lvm.txt'],
    { 'main=': 'lvm.txt |  | study.md | ', 'xen=xen/': 'lvm/1.txt |  | - | ' },
  ],
  [
    'studies come in the order of their slugs',
    ['b/1', 'a/1', 'zebra/1', 'lvm/1'],
    {
      'a=a/': '1 |  | - | ',
      'b=b/': '1 |  | - | ',
      'main=': 'lvm/1 |  | - | ',
      'zebra=zebra/': '1 |  | - | ',
    },
  ],
  [
    'pictures are not saved outputs',
    ['xen/lvm/1.txt', 'xen/a.PNG', 'xen/img/b.webp', 'xen/c.svgz'],
    { 'xen=xen/': 'c.svgz lvm/1.txt | a.PNG img/b.webp | - | ' },
  ],
  [
    'a folder of pictures alone belongs to main',
    ['lvm.txt', 'img/a.png'],
    { 'main=': 'lvm.txt | img/a.png | - | ' },
  ],
  [
    'names that begin with a dot do not count',
    ['lvm.txt', '.git/config', '.DS_Store', 'lvm/.x/1', 'site.yaml'],
    { 'main=': 'lvm.txt |  | - | ' },
  ],
  [
    'a study.md further down is a file like others',
    ['xen/lvm/study.md', 'xen/study.md'],
    { 'xen=xen/': 'lvm/study.md |  | xen/study.md | ' },
  ],
  [
    'names that cannot be addresses are errors and cost only their study',
    ['Xen VBD/1.txt', 'Über/1.txt', '-x/1.txt', 'ok/1.txt'],
    { 'ok=ok/': '1.txt |  | - | ', '': 'slug -x, slug Xen VBD, slug Über' },
  ],
  [
    'names the site needs are errors',
    ['backends/1.txt', 'method/1.txt', 'fonts/1.txt', 'ok/1.txt'],
    { 'ok=ok/': '1.txt |  | - | ', '': 'slug backends, slug fonts, slug method' },
  ],
  ['main may be a folder', ['main/1.txt'], { 'main=main/': '1.txt |  | - | ' }],
  ['but not twice', ['main/1.txt', 'lvm.txt'], { 'main=': 'lvm.txt |  | - | ', '': 'slug main' }],
]
for (const [title, files, expected] of layouts) {
  layout(title, () => assert.equal(found(tree(Object.fromEntries(files.map((f) => [f, f])))), expected))
}

layout('a bad slug comes with a good one', () => {
  const [fault] = readLibrary(tree({ 'Über Xen/1.txt': '' }), NAMES).diagnostics
  assert.is(fault?.message, 'Expected a folder name of a-z, 0-9 and hyphens, got "Über Xen".')
  assert.is(fault?.remedy, 'Rename the folder, for example to "uber-xen".')
})

layout('site.yaml is read as text', () => {
  const library = readLibrary(tree({ 'site.yaml': 'title: x', 'lvm.txt': '' }), NAMES)
  assert.is(library.siteText, 'title: x')
})

for (const [title, files] of [
  ['no file at all', {}],
  ['no saved output', { 'site.yaml': 'title: x', 'study.md': 'x', 'a.png': '', 'xen/study.md': 'y' }],
] as const) {
  layout(`${title} is told as empty`, () => {
    const folder = tree(files)
    const { folders: studies, diagnostics } = readLibrary(folder, NAMES)
    assert.is(studies.length, 0)
    assert.is(diagnostics[0]?.rule, 'empty-results')
    assert.match(diagnostics[0]?.remedy ?? '', 'bonnie++ -d')
    assert.match(diagnostics[0]?.remedy ?? '', path.join(folder, 'loopback-1.txt'))
  })
}

layout('a missing folder is told as empty', () => {
  const [fault] = readLibrary(path.join(tree({}), 'nowhere'), NAMES).diagnostics
  assert.equal([fault?.rule, fault?.message], ['empty-results', 'This folder does not exist.'])
})

for (const name of ['statSync', 'accessSync', 'readdirSync'])
  layout(`a disk that fails at ${name} of the folder is not told as an empty folder`, () => {
    const folder = tree({ 'lvm.txt': '' })
    const read = () => readLibrary(folder, NAMES)
    const isIt = (call: DiskCall) => call.name === name && call.place === folder
    const at = withFault({ at: 0, kind: 'EIO' }, read).findIndex(isIt) + 1
    assert.ok(at > 0)
    assert.throws(() => withFault({ at, kind: 'EIO' }, read), /EIO|the disk failed/)
  })

layout('a folder inside that the disk fails to list is told, and the others are read', () => {
  const folder = tree({ 'xen/lvm/1.txt': '', 'xen/loop.txt': '' })
  const inside = path.join(folder, 'xen/lvm')
  const read = () => found(folder)
  const isIt = (call: DiskCall) => call.name === 'readdirSync' && call.place === inside
  const at = withFault({ at: 0, kind: 'EIO' }, read).findIndex(isIt) + 1
  let told: unknown
  withFault({ at, kind: 'EIO' }, () => {
    told = read()
  })
  assert.equal(told, { 'xen=xen/': 'loop.txt |  | - | unreadable-file lvm' })
})

layout.run()

// ─── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

const reading = suite('reading saved files')
reading.after.each(tidy)

function textOf(content: Uint8Array | string, name = 'lvm.txt'): string {
  const [study] = readLibrary(tree({ [name]: content }), NAMES).folders
  return (
    study?.sources[0]?.text ?? study?.diagnostics.map((d) => `${d.rule}: ${d.message}`).join() ?? 'nothing'
  )
}

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

const encodings: readonly (readonly [title: string, content: Uint8Array | string, text: string])[] = [
  ['UTF-8', 'grüße\r\n', 'grüße\r\n'],
  ['UTF-8 with a byte-order mark', '\ufeffgrüße', 'grüße'],
  ['UTF-16 of Windows', utf16('grüße'), 'grüße'],
  ['UTF-16 the other way round', utf16('grüße').swap16(), 'grüße'],
  ['UTF-16 without a mark', Buffer.from('Version  1.03', 'utf16le'), 'Version  1.03'],
  [
    'UTF-16 the other way round without one',
    Buffer.from('Version  1.03', 'utf16le').swap16(),
    'Version  1.03',
  ],
  [
    'UTF-8 and Latin-1 in turn',
    Buffer.concat([Buffer.from('ü\n'), Buffer.from('\xfc\n', 'latin1')]),
    'ü\nü\n',
  ],
  ['Latin-1', Buffer.from('gr\xfc\xdfe', 'latin1'), 'grüße'],
  ['Windows-1252', Buffer.from([0x93, 0x61, 0x94]), '“a”'],
  ['nothing', '', ''],
  ['gzip', gzipSync('zipped'), 'zipped'],
]
for (const [title, content, text] of encodings) {
  reading(`understands ${title}`, () => assert.is(textOf(content), text))
}

reading('hashes the bytes as saved', () => {
  const hash = (content: Uint8Array | string) =>
    readLibrary(tree({ 'lvm.gz': content }), NAMES).folders[0]?.sources[0]?.sha256
  const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  assert.is(hash('abc'), known)
  assert.is.not(hash('\ufeffabc'), known)
  assert.is.not(hash(gzipSync('abc')), known)
})

reading('refuses a study.md that is binary', () => {
  const [study] = readLibrary(tree({ 'study.md': 'title: a\0b', 'lvm.txt': 'fine' }), NAMES).folders
  assert.is(study?.studyText, null)
  assert.is(study?.diagnostics[0]?.message, 'Expected text, got a NUL byte: the file is binary.')
})

reading('refuses what cannot be unpacked', () => {
  const broken = gzipSync('abc').fill(255, 10)
  assert.match(textOf(broken, 'lvm.gz'), /^unreadable-file: The file is gzipped but cannot be unpacked/)
})

reading('reads what is left of a gzipped file that was cut', () => {
  const packed = gzipSync(Array.from({ length: 20_000 }, (_, i) => `line ${i * i}`).join('\n'))
  const [study] = readLibrary(tree({ 'lvm.gz': packed.subarray(0, packed.length / 2) }), NAMES).folders
  assert.match(study?.sources[0]?.text ?? '', /^line 0\nline 1\n/)
  assert.match(study?.diagnostics[0]?.message ?? '', /ends too soon/)
})

reading('refuses a gzip bomb', () => {
  const bomb = gzipSync(Buffer.alloc(257 * 2 ** 20, 'a'))
  assert.is(textOf(bomb, 'lvm.gz'), 'unreadable-file: The file unpacks to more than 256 MiB.')
})

reading('refuses links that lead out, follows those that do not', () => {
  const outside = tree({ secret: 'secret', 'dir/secret': 'secret' })
  const folder = tree({ 'xen/lvm/1.txt': 'one', 'xen/study.md': '' })
  const link = (target: string, name: string) => fs.symlinkSync(target, path.join(folder, name))
  link(path.join(outside, 'secret'), 'xen/lvm/out.txt')
  link(path.join(outside, 'dir'), 'xen/lvm/outdir')
  link('1.txt', 'xen/lvm/in.txt')
  link('lvm', 'xen/lvm2')
  link('nowhere', 'xen/lvm/dangling.txt')
  link('circle', 'xen/lvm/circle')
  link(path.join(outside, 'secret'), 'site.yaml')
  assert.equal(found(folder), {
    'xen=xen/':
      'lvm/1.txt lvm/in.txt |  |  | unreadable-file lvm/circle, unreadable-file lvm/dangling.txt, unreadable-file lvm/out.txt, unreadable-file lvm/outdir, unreadable-file lvm2',
    '': 'unreadable-file site.yaml',
  })
})

reading('says of a link to a folder why it is not followed', () => {
  const folder = tree({ 'lvm/1.txt': 'one' })
  fs.symlinkSync('lvm', path.join(folder, 'loop'))
  const [study] = readLibrary(folder, NAMES).folders
  assert.is(study?.diagnostics[0]?.message, 'The link leads to a folder, which is not followed.')
})

reading('does not wait for a pipe', () => {
  const folder = tree({ 'lvm/1.txt': 'one' })
  if (spawnSync('mkfifo', [path.join(folder, 'lvm/pipe')]).status !== 0) skip('no mkfifo')
  assert.equal(found(folder), { 'main=': 'lvm/1.txt |  | - | unreadable-file lvm/pipe' })
})

reading('survives hostile names', () => {
  const names = [
    'lvm-\x1b[31m.txt',
    'lvm-\n.txt',
    'lvm-[a]*{b}!.txt',
    'lvm- .txt',
    '__proto__',
    'lvm-\\.txt',
    'lvm-ü.txt',
  ]
  const [study] = readLibrary(
    tree(Object.fromEntries(names.map((name) => [`xen/${name}`, 'x']))),
    NAMES,
  ).folders
  assert.equal(study?.sources.map((s) => s.path).toSorted(), names.toSorted())
})

reading('finds the facts of the flat study, and no secrets', () => {
  assert.is(readMainStudyText(tree({ 'study.md': 'facts' })), 'facts')
  assert.is(readMainStudyText(tree({ 'lvm.txt': '' })), null)
  const folder = tree({ 'lvm.txt': '' })
  fs.symlinkSync(path.join(tree({ secret: 'secret' }), 'secret'), path.join(folder, 'study.md'))
  assert.is(readMainStudyText(folder), null)
})

reading('finds our own templates and version', () => {
  assert.ok(readTemplates().has('rules/slug.md'))
  assert.is(
    [...readTemplates().keys()].some((name) => name.endsWith('.woff2')),
    false,
  )
  assert.match(readVersion(), /^\d+\.\d+\.\d+/)
})

reading.run()
