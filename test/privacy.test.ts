/** Hosts, addresses and people that would be published are told to `check`, and nothing else is. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { identifiersIn } from '../src/analysis/identifiers.ts'
import { privateNames } from '../src/analysis/privacy.ts'
import { analyse, knowledgeOf } from '../src/build.ts'
import { check } from '../src/commands/check.ts'
import { readTemplates } from '../src/files.ts'
import type { Accepted, Facts } from '../src/model/study.ts'
import { recorder } from './program.ts'
import { suite } from './suite.ts'

const found = (text: string) => [...identifiersIn(text)].map(({ kind, name }) => `${kind} ${name}`)

const telling = suite('what identifies somebody')

const told: readonly (readonly [text: string, ...expected: string[]])[] = [
  ['db17.acme.com,8G,1', 'host db17.acme.com'],
  ['on db17.acme.com.', 'host db17.acme.com'],
  ['xen1.dc.acme.de:/mnt', 'host xen1.dc.acme.de'],
  ['nas.lan is full', 'host nas.lan'],
  ['ip-10-0-0-5.ec2.internal', 'host ip-10-0-0-5.ec2.internal'],
  ['root@db17.acme.com:~# bonnie++', 'host db17.acme.com'],
  ['root@acme.com', 'host acme.com'],
  ['anna@acme.com:/srv copied', 'host acme.com'],
  ['From: Anna <anna.b+x@acme.com>', 'mail address anna.b+x@acme.com'],
  ['10.1.2.3', 'address 10.1.2.3'],
  ['(10.1.2.3)', 'address 10.1.2.3'],
  ['root@8.1.2.3', 'address 8.1.2.3'],
  ['8.1.2.3:22', 'address 8.1.2.3'],
  ['http://10.1.2.3:8080/x', 'address 10.1.2.3'],
  ['https://wiki.corp/x and https://me@build.internal', 'host wiki.corp', 'host build.internal'],
  ['inet6 fe80::5054:ff:fe12:3456/64', 'address fe80::5054:ff:fe12:3456'],
  ['2a00:1450:4001:81b:0:0:0:200e', 'address 2a00:1450:4001:81b:0:0:0:200e'],
  ['<b>db17.acme.com</b><script>x.y.de</script> a1.acme.de', 'host db17.acme.com', 'host a1.acme.de'],
]
for (const [text, ...expected] of told)
  telling(`is told in ${text}`, () => assert.equal(found(text), expected))

const silent = [
  'version 1.03.1.2, kernel 2.6.18.8, 2.6.32-5-xen-amd64, 5.10.0-8-amd64',
  'Linux 10.2.3.4, version 11.2.0.4, Agent/12.16.0.1',
  'bonnie++ 2.00a at 12:30:45 and 2010-06-12T12:30:45, 1.97.3',
  'http://www.coker.com.au/bonnie++/ and coker.com.au, russell@coker.com.au',
  'root@localhost:~# root@vm101 localhost.localdomain 127.0.0.1 0.0.0.0 255.255.255.0 ::1',
  'db.example.com a@example.org host.test x@y.invalid 192.0.2.1 198.51.100.7 203.0.113.9 2001:db8::1',
  'https://github.com/torvalds/linux/blob/x.c https://db17.acme.com/page?q=a.b.de',
  'src="//cdn.acme.com/x.js" academy.acme.de/article www.acme.com.de lists.xen.org',
  'foo.tar.gz libfoo.so.6 /etc/rc.local vm.dirty.ratio a.b.sh bonnie.2010.txt foo.tar.xz e.g. i.e.it',
  'document.body.appendChild.to process.stdout.on("x") git@github.com:a/b std::string a::b fe80',
  'vm101 2064M 25511  35 +++++ +++ 95.8 1.2.3 1.2.3.4.5 999.1.1.1 010.1.1.1 00:16:3e:12:34:56',
  'pkg@1.2.3 foo@2x.png getty@tty1.service a@b',
]
for (const text of silent) telling(`is not told in ${text}`, () => assert.equal(found(text), []))

telling('costs no more than the text is long', () => {
  const many = 200_000
  for (const text of ['a.', '<script', 'a@', 'http://', '::', '1.', '.', '@', '-a'])
    for (const _ of identifiersIn(text.repeat(many))) assert.ok(true)
})

telling('stands at its offset', () => {
  for (const [text, ...expected] of told)
    for (const { name, at } of identifiersIn(text))
      assert.is(text.slice(at, at + name.length), name, expected.join())
})

telling.run()

// ─── a study ────────────────────────────────────────────────────────────────────────────────────────────────────

const asked = suite('what would be published')
const knowledge = knowledgeOf(readTemplates())
const saved = (name: string) =>
  `root@db17.acme.com:~# bonnie++\n${readFileSync('results/xen-file-backed-vbd/loopback/vm101.txt', 'utf8').replace(/^vm101.*$/m, (row) => row.replace('vm101      ', name.padEnd(11)))}`
const source = (path: string, text: string) => ({ path, sha256: path, text })

function problems(facts: Facts, changes: object = {}) {
  const folder = {
    slug: 's',
    prefix: 's/',
    studyText: '---\n{}\n---\nAsk anna@acme.com.\n',
    sources: [
      source('loopback/1.txt', saved('xen.lan')),
      source('loopback/xen1.acme.com.txt', saved('xen.lan')),
    ],
    images: [],
    diagnostics: [],
    ...changes,
  }
  const report = analyse({ ...folder, studyText: `---\n${JSON.stringify(facts)}\n---\n` }, knowledge)
  return privateNames(folder, facts, report.runs, () => ({ file: 'study.md', line: 1, column: 1 }))
}

asked('is told once for each name, with the line to add', () => {
  const told = problems({})
  assert.equal(
    told.map(({ message, place: { file, line, column } }) => `${file}:${line}:${column} ${message}`),
    [
      'loopback/1.txt:1:6 This names the host db17.acme.com, as does one more file; it would be published.',
      'loopback/1.txt:5:1 This names the host xen.lan, as does one more file; it would be published.',
      'loopback/xen1.acme.com.txt:1:1 The name of this file names the host xen1.acme.com; it would be published.',
      'study.md:4:5 This names the mail address anna@acme.com; it would be published.',
    ],
  )
  assert.match(
    told[1]?.remedy ?? '',
    'front matter of s/study.md: alias: { xen.lan: host-c }; pages then show',
  )
  assert.match(told[0]?.remedy ?? '', 'published as saved: leave it out')
  assert.match(told[2]?.remedy ?? '', 'Rename it')
  assert.match(told[3]?.remedy ?? '', 'Take it out of the text')
})

asked('is silent where an alias says that the author knows', () => {
  const alias = {
    'db17.acme.com': 'host-a',
    'XEN.lan': 'xen.intern',
    'xen1.acme.com': 'b',
    'anna@acme.com': 'c',
  }
  assert.equal(problems({ alias }), [])
})

asked('is silent in a file that is accepted, and tells of the next', () => {
  const because = 'The host is gone.'
  const accept = (file: string): Accepted => ({ file, rule: 'private-name', because })
  const told = problems({ accepted: [accept('loopback/1.txt'), accept('study.md'), accept('lost.txt')] })
  assert.equal(
    told.map(({ rule, place }) => `${rule} ${place.file}`),
    [
      'private-name loopback/xen1.acme.com.txt',
      'private-name loopback/xen1.acme.com.txt',
      'private-name loopback/xen1.acme.com.txt',
      'unused-acceptance study.md',
    ],
  )
})

asked('is on no page: neither as a problem, nor as the name behind an alias', () => {
  const text = saved('xen.lan').replace(/^root.*\n/, '')
  const facts = JSON.stringify({ alias: { 'xen.lan': 'host-a' } })
  const report = analyse(
    {
      slug: 's',
      prefix: 's/',
      studyText: `---\n${facts}\n---\n`,
      sources: [source('loopback/1.txt', text)],
      images: [],
      diagnostics: [],
    },
    knowledge,
  )
  assert.is(report.runs[0]?.name, 'host-a')
  assert.not.match(JSON.stringify(report), 'xen.lan')
})

asked('is nothing in what this project publishes itself', async () => {
  const { io, out } = recorder()
  const options = { format: 'json', strict: false, quiet: false } as never
  await check({ operands: [], options, io })
  const { problems: all } = JSON.parse(out.join('\n'))
  assert.ok(all.length > 0)
  assert.equal(
    all.filter(({ rule }: { rule: string }) => rule === 'private-name'),
    [],
  )
})

asked.run()
