import * as assert from 'uvu/assert'
import { assignBackends, knownNames } from '../src/analysis/assign.ts'
import { readStudyText } from '../src/analysis/front-matter.ts'
import type { Knowledge } from '../src/model/backend.ts'
import type { Facts } from '../src/model/study.ts'
import { aPage } from './analysis/build-run.ts'
import { suite } from './suite.ts'

function page(id: string, title: string, ...aliases: string[]): Knowledge {
  return aPage(id, { title, aliases })
}

const KNOWN = [
  page('blktap', 'blktap', 'tap', 'tapdisk'),
  page('loopback', 'Loopback', 'loop', 'file'),
  page('loopback-direct', 'Loopback with direct I/O', 'loop-dio'),
  page('lvm', 'LVM', 'lv'),
]

const assigning = suite('backend of a file')

const table: readonly (readonly [path: string, backend: string | null, facts?: Facts])[] = [
  // the nearest folder whose name is a backend
  ['lvm/run-1.txt', 'lvm'],
  ['LVM/run-1.txt', 'lvm'],
  ['lvm/2010-06-01/host-a/run-1.txt', 'lvm'],
  ['lvm/loopback/run-1.txt', 'loopback'],
  ['lvm/old/loopback-1.txt', 'lvm'],
  ['lv/run-1.txt', 'lvm'],
  ['lvms/run-1.txt', null],
  ['my lvm/run-1.txt', null],
  // a file name that begins with one
  ['loopback.txt', 'loopback'],
  ['loopback-direct-1.txt', 'loopback-direct'],
  ['loopback-dir-1.txt', 'loopback'],
  ['loop1.txt', 'loopback'],
  ['Loop_1.txt', 'loopback'],
  ['tap:aio.log', 'blktap'],
  ['lvm', 'lvm'],
  ['looping.txt', null],
  ['filesystem.txt', null],
  ['run-lvm.txt', null],
  ['2010-06-01/vm101.txt', null],
  // names of the front matter
  ['drbd-1.txt', 'drbd', { backends: { drbd: {} } }],
  ['net/run.txt', 'drbd', { backends: { drbd: { aliases: ['Net'] } } }],
  ['file-1.txt', 'nfs', { backends: { nfs: { aliases: ['file'] } } }],
  ['loopback/a.txt', 'loop', { backends: { loop: {} } }],
  ['file-1.txt', 'loop', { backends: { loop: {} } }],
  ['loopback/a.txt', 'loopback', { backends: { loop: {}, file: {} } }],
  // a pattern of the front matter before all else
  ['lvm/odd.txt', 'drbd', { backends: { drbd: { files: 'lvm/odd.txt' } } }],
  ['lvm/even.txt', 'lvm', { backends: { drbd: { files: 'lvm/odd.txt' } } }],
  ['a/b/c.log', 'drbd', { backends: { drbd: { files: ['x', '**/*.log'] } } }],
  ['a/b/c.log', 'drbd', { backends: { drbd: { files: 'a' } } }],
  ['a/b/c.log', 'drbd', { backends: { drbd: { files: './a/' } } }],
  ['ab/c.log', null, { backends: { drbd: { files: 'a' } } }],
  ['a/c.log', null, { backends: { drbd: { files: '*.log' } } }],
  ['both.txt', null, { backends: { drbd: { files: 'both.*' }, nbd: { files: '*.txt' } } }],
]
for (const [path, backend, facts = {}] of table) {
  const given = facts.backends ? ` with ${JSON.stringify(facts.backends)}` : ''
  assigning(`${path} measured ${backend ?? 'nobody knows what'}${given}`, () => {
    const { backendOf, diagnostics } = assignBackends([path], facts, KNOWN, 'xen/')
    assert.is(backendOf.get(path) ?? null, backend)
    assert.is(diagnostics.length, backend === null ? 1 : 0)
  })
}

const GENERATIONS = [...KNOWN, page('blktap1', 'blktap1'), page('blktap2', 'blktap2', 'tap2')]
const numbered: readonly (readonly [paths: readonly string[], backends: readonly string[], notes: number])[] =
  [
    [['blktap2/1.txt'], ['blktap2'], 0],
    [['blktap2.txt'], ['blktap2'], 0],
    [['blktap2.txt', 'loopback.txt'], ['blktap2', 'loopback'], 0],
    [['blktap1.txt', 'blktap2.txt'], ['blktap', 'blktap'], 2],
    [['blktap2.txt', 'loopback1.txt'], ['blktap', 'loopback'], 1],
    [['blktap2.csv.gz', 'blktap3.csv.gz'], ['blktap', 'blktap'], 1],
    [['blktap1-1.txt', 'blktap2-1.txt'], ['blktap1', 'blktap2'], 0],
    [['a/blktap2.txt', 'b/blktap1.txt'], ['blktap2', 'blktap1'], 0],
    [['loop1.txt', 'loop2.txt'], ['loopback', 'loopback'], 0],
  ]
for (const [paths, backends, notes] of numbered) {
  assigning(`${paths.join(' beside ')} measured ${backends.join(' and ')}`, () => {
    const { backendOf, diagnostics } = assignBackends(paths, {}, GENERATIONS, '')
    assert.equal(
      paths.map((path) => backendOf.get(path)),
      backends,
    )
    assert.equal(
      diagnostics.map(({ level, rule }) => [level, rule]),
      Array.from({ length: notes }, () => ['note', 'numbered-name']),
    )
  })
}

assigning('under KVM a name stands for the cousin of its page, and a declared kind for itself', () => {
  const pages = [...KNOWN.filter(({ id }) => id !== 'lvm'), aPage('lvm', { underKvm: 'kvm-lvm' })]
  const known = [...pages, aPage('kvm-lvm', { hypervisor: 'kvm' })]
  const host = { hypervisor: 'KVM' }
  const kindOf = (facts: Facts) => assignBackends(['lvm/1.txt'], facts, known, '').backends[0]?.kind
  assert.is(kindOf({ host }), 'kvm-lvm')
  assert.is(kindOf({ host: { hypervisor: 'Xen 4.8' } }), 'lvm')
  assert.is(kindOf({}), 'lvm')
  assert.is(kindOf({ host, backends: { lvm: { kind: 'lvm' } } }), 'lvm')
  assert.is(assignBackends(['lvm/1.txt'], { host }, known, '').backends[0]?.title, 'kvm-lvm')
})

assigning('gives only backends with files, those of the front matter first', () => {
  const facts: Facts = { backends: { zfs: { title: 'ZFS volumes' }, unused: {}, lv: { kind: 'LVM' } } }
  const paths = ['tap/1.txt', 'lvm/1.txt', 'loopback/1.txt', 'zfs/1.txt']
  assert.equal(assignBackends(paths, facts, KNOWN, '').backends, [
    { id: 'zfs', title: 'ZFS volumes', kind: null },
    { id: 'lv', title: 'LVM', kind: 'lvm' },
    { id: 'loopback', title: 'Loopback', kind: 'loopback' },
    { id: 'blktap', title: 'blktap', kind: 'blktap' },
  ])
})

assigning('keeps apart what is of one kind', () => {
  const facts: Facts = { backends: { sparse: { kind: 'loopback' }, loopback: {} } }
  assert.equal(assignBackends(['sparse/1', 'loopback/1'], facts, KNOWN, '').backends, [
    { id: 'sparse', title: 'sparse', kind: 'loopback' },
    { id: 'loopback', title: 'Loopback', kind: 'loopback' },
  ])
})

assigning('does not depend on the order of the paths', () => {
  const paths = ['lvm/1', 'tap/1', 'loopback/1', 'x/1']
  const there = assignBackends(paths, {}, KNOWN, '')
  const back = assignBackends(paths.toReversed(), {}, KNOWN, '')
  assert.equal(there, back)
})

assigning('is not led astray by names of the language', () => {
  for (const path of ['constructor/run.txt', '__proto__/run.txt', 'toString-1.txt']) {
    assert.is(assignBackends([path], { backends: {} }, KNOWN, '').backendOf.size, 0)
  }
})

assigning('tells a misspelt kind', () => {
  const { backends, diagnostics } = assignBackends(
    ['a/1'],
    { backends: { a: { kind: 'blktab' } } },
    KNOWN,
    '',
  )
  assert.is(backends[0]?.kind, null)
  assert.is(
    diagnostics[0]?.message,
    'The backend "a" is said to be of the kind "blktab", which no page describes.',
  )
  assert.is(diagnostics[0]?.remedy, 'Did you mean "blktap"?')
})

assigning('knows all names in small letters', () => {
  const names = knownNames({ backends: { drbd: { aliases: ['Net'] } } }, KNOWN)
  assert.equal(
    ['drbd', 'net', 'lvm', 'lv', 'Net'].map((name) => names.has(name)),
    [true, true, true, true, false],
  )
})

assigning('what served the disk in truth decides the kind, whatever the attach line says', () => {
  const facts: Facts = { backends: { blktap: { attach: 'tap:aio:/img,xvda,w', effective: 'loopback' } } }
  assert.is(assignBackends(['blktap/1.txt'], facts, KNOWN, '').backends[0]?.kind, 'loopback')
})

assigning('what served the disk and has no page is of no kind, whatever the kind would be by name', () => {
  const facts: Facts = { backends: { blktap: { kind: 'blktap', effective: 'something new' } } }
  assert.is(assignBackends(['blktap/1.txt'], facts, KNOWN, '').backends[0]?.kind, null)
})

assigning.run()

const remedies = suite('remedy for a file without a backend')

const lines: readonly (readonly [path: string, facts: Facts, remedy: string])[] = [
  [
    'drbd-1.txt',
    {},
    'Write between two lines "---" at the top of xen/study.md: backends: { drbd: { files: "drbd-1.txt" } }',
  ],
  ['drbd/old/1/a.txt', { title: 'x' }, 'Write in the front matter of xen/study.md: backends: { old: {} }'],
  [
    'My Disk/a.txt',
    { backends: {} },
    'Write below "backends:" in xen/study.md: my-disk: { files: "My Disk/**" }',
  ],
  [
    'lopback/a.txt',
    { backends: {} },
    'If "lopback" is "loopback", rename it; else write below "backends:" in xen/study.md: lopback: {}',
  ],
  [
    '2010/[a] {b} (c)!*?.txt',
    { backends: {} },
    String.raw`Write below "backends:" in xen/study.md: a-b-c: { files: "2010/\\[a\\] \\{b\\} \\(c\\)\\!\\*\\?.txt" }`,
  ],
  [
    '1"2\\3.txt',
    { backends: {} },
    String.raw`Write below "backends:" in xen/study.md: 1-2: { files: "1\"2\\\\3.txt" }`,
  ],
]
for (const [path, facts, remedy] of lines) {
  remedies(`shows the line to add: ${path}`, () => {
    const [diagnostic] = assignBackends([path], facts, KNOWN, 'xen/').diagnostics
    assert.is(diagnostic?.rule, 'unknown-backend')
    assert.is(diagnostic?.message, `Nothing says which backend "${path}" measured.`)
    assert.equal(diagnostic?.place, { file: path, line: 1, column: 1 })
    assert.is(diagnostic?.remedy, remedy)
  })
  remedies(`helps when it is followed: ${path}`, () => {
    const entry = remedy.replace(/^.*?: (?:backends: \{ (.*) \}$)?/, '$1')
    const text = `---\nbackends:\n  ${entry}\n---\n`
    const { value, diagnostics } = readStudyText(text)
    assert.equal(diagnostics, [], text)
    assert.is(assignBackends([path], value.facts, KNOWN, '').backendOf.size, 1, text)
  })
}

remedies('names the patterns that meet', () => {
  const facts: Facts = { backends: { a: { files: '*' }, b: { files: 'x*' } } }
  const [diagnostic] = assignBackends(['x.txt'], facts, KNOWN, '').diagnostics
  assert.is(diagnostic?.message, 'Patterns of more than one backend match "x.txt": a, b.')
})

remedies.run()
