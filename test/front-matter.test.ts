import * as assert from 'uvu/assert'
import { readSiteText, readStudyText } from '../src/analysis/front-matter.ts'
import type { Diagnostic } from '../src/model/diagnostic.ts'
import { suite } from './suite.ts'

function told({ place, rule, message, remedy }: Diagnostic): string {
  return `${place.line}:${place.column} ${rule}: ${message}${remedy ? ` ${remedy}` : ''}`
}

function faults(yaml: string): string[] {
  return readStudyText(`---\n${yaml}\n---\n`).diagnostics.map(told)
}

function facts(yaml: string) {
  return readStudyText(`---\n${yaml}\n---\n`).value.facts
}

// ─── what is read ───────────────────────────────────────────────────────────────────────────────────────────────

const reading = suite('front matter')

reading('of the product page is read without a complaint', () => {
  const text = `---
title: Loopback or blktap for file-backed VBDs?
date: 2010-06                 # when it was measured; never the clock
authors: [Eric Zhiqiang Ma]
source: https://example.org/a?b=c
baseline: loopback
host:  { cpu: 2 x E5520, ram: 23 GB, hypervisor: Xen, kernel: 2.6.32, dom0_ram: 512 MiB, disk: { kind: hdd, link: 60 MB/s, spindles: 4, cache: none } }
guest: { ram: 2064M, vcpus: 1, kernel: 5.10, filesystem: ext3, flags: noatime }
command: bonnie++ -u root
order: interleaved            # or blocked
backends:
  loopback: { kind: loopback, title: Loop, attach: 'file:', allocation: sparse, snapshot: false, effective: loop, aliases: [lo], files: [a/*, b/**], durable: true }
  bare:
caveats: [ one, two ]
accepted: [ { file: a.txt, rule: row-ends-early, because: the public copy ends there } ]
equivalence: { bulk: 5 %, seeks: 10%, files: 2.5 % }
alias: { db17.example.com: host-a }
status: superseded
reason: measured again
---
The prose.
`
  const { value, diagnostics } = readStudyText(text)
  assert.equal(diagnostics.map(told), [])
  assert.is(value.prose, 'The prose.\n')
  assert.is(value.proseLine, 21)
  assert.is(Object.keys(value.facts).length, 16)
  assert.is(value.facts.guest?.kernel, '5.10')
  assert.equal(value.facts.backends?.bare, {})
  assert.equal(value.facts.backends?.loopback?.files, ['a/*', 'b/**'])
  assert.equal(value.facts.alias, { 'db17.example.com': 'host-a' })
})

const texts: readonly (readonly [title: string, text: string, prose: string, line: number])[] = [
  ['is optional', 'Only prose.\n', 'Only prose.\n', 1],
  ['may be all there is', '---\ntitle: x\n---', '', 3],
  ['may be empty', '---\n---\nprose', 'prose', 3],
  ['ends at the first line of hyphens', '---\ntitle: x\n---\na\n---\nb', 'a\n---\nb', 4],
  ['may have Windows line ends', '---\r\ntitle: x\r\n---\r\nprose\r\n', 'prose\r\n', 4],
  ['is no rule further down', 'prose\n---\ntitle: x\n---\n', 'prose\n---\ntitle: x\n---\n', 1],
  ['may be missing with the file', '', '', 1],
]
for (const [title, text, prose, line] of texts) {
  reading(title, () => {
    const { value, diagnostics } = readStudyText(text)
    assert.equal([value.prose, value.proseLine, diagnostics.length], [prose, line, 0])
  })
}

reading('keeps a number as it was written wherever text is expected', () => {
  assert.is(facts('date: 2010').date, '2010')
  assert.is(facts('host: { kernel: 5.10 }').host?.kernel, '5.10')
  assert.equal(facts('authors: [007]').authors, ['007'])
})

reading('takes an empty value as not given', () => {
  const yaml = 'title:\nhost: { cpu: , ram: ~ }\ncaveats:'
  assert.equal([facts(yaml), faults(yaml)], [{ host: {} }, []])
})

reading('sizes with their units are good', () => {
  for (const size of ['1 GiB', '2064M', '512 MiB', '23 GB', '1.44 GiB', '512mb', '4096k']) {
    assert.is(facts(`guest: { ram: ${size} }`).guest?.ram, size)
  }
})

reading.run()

// ─── what is at fault ───────────────────────────────────────────────────────────────────────────────────────────

const faulty = suite('faults of front matter')

const KNOWN_TOP =
  'Known here: title, date, authors, source, licence, baseline, host, guest, command, order, backends, caveats, accepted, equivalence, alias, status, reason.'

const table: readonly (readonly [yaml: string, ...faults: string[]])[] = [
  [
    'bakends:\n  a: {}',
    '2:1 unknown-key: Unknown key "bakends" in the front matter. Did you mean "backends"?',
  ],
  ['host: { rom: 1 GiB }', '2:9 unknown-key: Unknown key "rom" in the front matter. Did you mean "ram"?'],
  ['colour: red', `2:1 unknown-key: Unknown key "colour" in the front matter. ${KNOWN_TOP}`],
  [
    'backends:\n  lvm:\n    allocated: thin',
    '4:5 unknown-key: Unknown key "allocated" in the front matter. Known here: kind, title, attach, allocation, snapshot, effective, aliases, files, durable.',
  ],
  [
    'host: { disk: { kind: disk } }',
    '2:23 front-matter: Expected one of hdd, ssd, nvme, raid, unknown, got "disk".',
  ],
  ['guest:\n  ram: 2', '3:8 front-matter: Expected a size such as 1 GiB, got "2".'],
  ['guest: { ram: lots }', '2:15 front-matter: Expected a size such as 1 GiB, got "lots".'],
  ['guest: { vcpus: two }', '2:17 front-matter: Expected a whole number from 1 up, got "two".'],
  ['guest: { vcpus: 0 }', '2:17 front-matter: Expected a whole number from 1 up, got 0.'],
  ['guest: { vcpus: 1.5 }', '2:17 front-matter: Expected a whole number from 1 up, got 1.5.'],
  [
    'source: ftp://a.b',
    '2:9 front-matter: Expected an address that begins with http:// or https://, got "ftp://a.b".',
  ],
  [
    'source: "javascript:alert(1)//https://"',
    '2:9 front-matter: Expected an address that begins with http:// or https://, got "javascript:alert(1)//https://".',
  ],
  ['date: June', '2:7 front-matter: Expected a date such as 2010, 2010-06 or 2010-06-12, got "June".'],
  ['date: 2010-13', '2:7 front-matter: Expected a date such as 2010, 2010-06 or 2010-06-12, got "2010-13".'],
  [
    'date: 2010-02-30',
    '2:7 front-matter: Expected a date such as 2010, 2010-06 or 2010-06-12, got "2010-02-30".',
  ],
  ['title: [a]', '2:8 front-matter: Expected text, got a list.'],
  ['title: true', '2:8 front-matter: Expected text, got true.'],
  ['authors: me', '2:10 front-matter: Expected a list, got "me".'],
  ['host: big', '2:7 front-matter: Expected a group of keys such as { cpu: … }, got "big".'],
  ['backends: { lvm: { snapshot: yes } }', '2:30 front-matter: Expected true or false, got "yes".'],
  [
    'backends: { My LVM: {} }',
    '2:13 front-matter: Expected a name of small letters, digits and hyphens, got "My LVM".',
  ],
  ['equivalence: { bulk: 0.05 }', '2:22 front-matter: Expected a percentage such as 5 %, got "0.05".'],
  ['accepted: [{ file: a, because: b }]', '2:12 front-matter: The key "rule" is missing here.'],
  [
    'backends: { a: { aliases: [x] }, b: { aliases: [X] } }',
    '2:49 front-matter: "X" names the backend "a" already.',
  ],
  [
    'title: a\ntitle: b',
    '3:1 front-matter: This key is written twice. The first counts: take one of them out.',
  ],
  [
    'title: "a\nlicence: b',
    '2:8 front-matter: This is not YAML: missing closing "quote. Nothing below is read until this is mended.',
  ],
  [
    'title: a\nhost:\n\tram: 1 GiB',
    '4:1 front-matter: This is not YAML: tabs are not allowed as indentation. Nothing below is read until this is mended.',
  ],
  ['- a', '2:1 front-matter: Expected keys and values, such as "title: …".'],
  [
    'title: !!js/function x',
    '2:22 front-matter: The tag tag:yaml.org,2002:js/function is not read here. Write a plain value.',
  ],
  ['__proto__: { title: x }', '2:1 front-matter: The key "__proto__" is not read here.'],
  ['constructor: x', `2:1 unknown-key: Unknown key "constructor" in the front matter. ${KNOWN_TOP}`],
]
for (const [yaml, ...expected] of table) {
  faulty(`are told at their place: ${yaml.replaceAll('\n', '⏎')}`, () => assert.equal(faults(yaml), expected))
}

faulty('cost only the key they are in', () => {
  const yaml = `title: kept
bakends: { a: {} }
host: { ram: x, cpu: kept, disk: { kind: disk, link: kept } }
accepted: [{ file: kept, rule: a, because: b }, { file: lost, because: b }, { file: kept, rule: c, because: d }]
backends: { lvm: { snapshot: yes, title: kept, aliases: [kept, 5, [lost]] }, Lost: {} }
order: sideways
caveats: [[lost], kept, [lost], kept, {}]`
  assert.is(faults(yaml).length, 11)
  assert.equal(facts(yaml), {
    title: 'kept',
    host: { cpu: 'kept', disk: { link: 'kept' } },
    accepted: [
      { file: 'kept', rule: 'a', because: 'b' },
      { file: 'kept', rule: 'c', because: 'd' },
    ],
    backends: { lvm: { title: 'kept', aliases: ['kept', '5'] } },
    caveats: ['kept', 'kept'],
  })
})

faulty('of keys written twice leave the first', () => {
  assert.equal(facts('title: first\ntitle: second'), { title: 'first' })
})

faulty('of syntax leave what stands above them', () => {
  assert.equal(facts('title: kept\nauthors: [a, b\nlicence: lost'), { title: 'kept' })
})

faulty('with aliases are refused, so that no bomb can be built of them', () => {
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghij'.split('').map((k, i) => `${k}: &${k} [*${'abcdefghi'[i]}, *${'abcdefghi'[i]}]`),
  ]
  const found = faults(bomb.join('\n'))
  assert.is(found.filter((fault) => /The alias \*\w is not read here/.test(fault)).length, 18)
  assert.equal(
    faults('<<: *x\ntitle: y')[0],
    '2:5 front-matter: The alias *x is not read here. Write the value out.',
  )
})

faulty('are survived however deep they are nested', () => {
  for (const opening of ['[', '{a: ']) {
    for (const depth of [1000, 1700, 1800, 1900, 2000])
      assert.is(faults(`title: ${opening.repeat(depth)}`).length, 1)
    const found = faults(`title: ${opening.repeat(40_000)}`)
    assert.match(found.join('\n'), 'The nesting is too deep to be read.')
  }
})

faulty('leave the prototype alone', () => {
  readStudyText('---\n__proto__: { polluted: yes }\nhost: { __proto__: { polluted: yes } }\n---\n')
  assert.is(Reflect.get({}, 'polluted'), undefined)
  const { alias } = facts('alias: { __proto__: evil, constructor: fine }')
  assert.is(Object.getPrototypeOf(alias), Object.prototype)
  assert.equal(Object.entries(alias ?? {}), [['constructor', 'fine']])
})

faulty('include front matter that is never closed', () => {
  const { value, diagnostics } = readStudyText('---\ntitle: x\n\nprose\n')
  assert.equal(diagnostics.map(told), [
    '1:1 front-matter: The front matter is not closed by a line "---". Add the line "---" below the last fact.',
  ])
  assert.is(value.prose, '---\ntitle: x\n\nprose\n')
})

faulty('include front matter that is never opened, but no prose with a line in it', () => {
  const { diagnostics } = readStudyText('title: x\n---\nprose\n')
  assert.equal(diagnostics.map(told), [
    '1:1 front-matter: The front matter is not opened by a line "---". Add the line "---" above the first fact.',
  ])
  for (const prose of ['Title: x\n---\n', 'note: x\n\n---\n', 'title: x\n', 'constructor: x\n---\n'])
    assert.equal(readStudyText(prose).diagnostics, [], prose)
})

faulty('carry their line and how much of it is meant', () => {
  const [first] = readStudyText('---\r\ntitle: x\r\nhost: { disk: { kind: disk } }\r\n---\r\n').diagnostics
  assert.equal(first?.excerpt, { text: 'host: { disk: { kind: disk } }', length: 4 })
  assert.equal(first?.place, { file: 'study.md', line: 3, column: 23 })
})

faulty('of site.yaml are placed there', () => {
  const { value, diagnostics } = readSiteText('titel: a\nurl: https://example.org/bench/\nauthor: 7\n')
  assert.equal(value, { url: 'https://example.org/bench/', author: '7' })
  assert.equal(diagnostics.map(told), [
    '1:1 unknown-key: Unknown key "titel" in site.yaml. Did you mean "title"?',
  ])
  assert.is(diagnostics[0]?.place.file, 'site.yaml')
  assert.match(
    told(readSiteText('title: a\n---\nurl: b').diagnostics[0] as Diagnostic),
    '2:1 front-matter: A line "---"',
  )
})

faulty.run()
