/** What is known of backends: the pages hold together, and every attach line leads somewhere. */
import * as assert from 'uvu/assert'
import { readKnowledge } from '../src/analysis/front-matter.ts'
import { sourceIds } from '../src/analysis/grounds.ts'
import { ladder } from '../src/analysis/selection.ts'
import { readTemplates } from '../src/files.ts'
import type { KnowledgePage } from '../src/model/library.ts'
import { suite } from './suite.ts'

const test = suite('the pages of backends')

const templates = readTemplates()
const PAGES: readonly KnowledgePage[] = [...templates]
  .filter(([path]) => /^backends\/.*\.md$/.test(path))
  .map(([path, text]) => readKnowledge(path, text))

/** One sentence for everything that does not hold together. */
function faults(pages: readonly KnowledgePage[]): string[] {
  const ids = pages.map(({ knowledge }) => knowledge.id)
  return [
    ...pages.flatMap((page) => [...sourceFaults(page), ...topicFaults(page), ...linkFaults(page, ids)]),
    ...nameFaults(pages),
    ...sharedSourceFaults(pages),
    ...ladderFaults(pages),
  ]
}

function sourceFaults({ knowledge: k, body }: KnowledgePage): string[] {
  const used = sourceIds(k, body)
  const statements = [...k.documented, ...k.disputed.flatMap(({ sides }) => sides)]
  return [
    ...Object.keys(k.sources).flatMap((id) => (used.includes(id) ? [] : [`${k.id}: ${id} is not used`])),
    ...statements.flatMap(({ says }) => (/[.]$/.test(says) ? [`${k.id}: "${says}" ends with a stop`] : [])),
    ...k.disputed.flatMap(({ sides }) => {
      const all = sides.flatMap(({ sources }) => sources)
      return new Set(all).size === all.length ? [] : [`${k.id}: one source is on both sides`]
    }),
    ...(/\]\(https?:/.test(body) ? [`${k.id}: an address stands in the text, not among the sources`] : []),
  ]
}

function topicFaults({ knowledge: k }: KnowledgePage): string[] {
  const always = k.control ? [] : k.hypervisor === 'xen' ? ['cpu', 'toolstack'] : ['cpu']
  // the generations of blktap differ in what is known of flushes, and of blktap2 nothing is
  const flush = k.control || k.variantOf === 'blktap' ? [] : ['flush']
  const told = new Set<string>(k.documented.map(({ about }) => about))
  return ['cache', ...always, ...flush].flatMap((about) =>
    told.has(about) ? [] : [`${k.id}: nothing is said about ${about}`],
  )
}

function linkFaults({ knowledge: k, body }: KnowledgePage, ids: readonly string[]): string[] {
  const links = [...body.matchAll(/\]\(\.\.\/([^/]+)\/index\.md\)/g)].map((match) => match[1] ?? '')
  return [k.variantOf ?? [], k.underKvm ?? [], links]
    .flat()
    .flatMap((id) => (ids.includes(id) ? [] : [`${k.id}: there is no page ${id}`]))
}

function nameFaults(pages: readonly KnowledgePage[]): string[] {
  const owners = new Map<string, string>()
  return pages.flatMap(({ knowledge: { id, aliases } }) =>
    [id, ...aliases].flatMap((name) => {
      const word = name.toLowerCase()
      const owner = owners.get(word)
      owners.set(word, id)
      return owner === undefined ? [] : [`"${name}" names ${owner} and ${id}`]
    }),
  )
}

function sharedSourceFaults(pages: readonly KnowledgePage[]): string[] {
  const titles = new Map<string, string>()
  return pages.flatMap(({ knowledge }) =>
    Object.entries(knowledge.sources).flatMap(([id, { title, url }]) => {
      const told = `${title} ${url ?? ''}`
      const known = titles.get(id) ?? told
      titles.set(id, known)
      return known === told ? [] : [`${knowledge.id}: ${id} is another source elsewhere`]
    }),
  )
}

/** A line with a prefix of xend, to a raw image or a block device, is served by something in every column. */
function ladderFaults(pages: readonly KnowledgePage[]): string[] {
  const { columns, rows } = ladder(pages.map(({ knowledge }) => knowledge))
  return rows
    .filter(({ line }) => /^(?:file|phy|tap2?):/.test(line) && !line.includes('qcow'))
    .flatMap(({ line, cells }) =>
      columns.flatMap((column, i) =>
        cells[i]?.length ? [] : [`${line} selects nothing for ${column.tool} from ${column.from}`],
      ),
    )
}

test('hold together', () => {
  assert.equal(faults(PAGES), [])
})

test('cover every backend that the attach lines lead to, with columns that leave no version out', () => {
  const { columns, rows } = ladder(PAGES.map(({ knowledge }) => knowledge))
  assert.equal(
    columns.map(({ tool, from, below }) => [tool, from, below]),
    [
      ['xm', null, '4.5'],
      ['xl', '4.2', '4.4'],
      ['xl', '4.4', '4.6'],
      ['xl', '4.6', '4.13'],
      ['xl', '4.13', '4.19'],
      ['xl', '4.19', null],
    ],
  )
  const cellsOf = (line: string) =>
    rows.find((row) => row.line === line)?.cells.map((cell) => cell.map(({ id }) => id).join(' or '))
  assert.equal(cellsOf('tap:aio:/srv/guest.img'), [
    'blktap',
    'blktap2 or qdisk',
    'qdisk',
    'loopback',
    'loopback',
    'loopback',
  ])
  assert.equal(cellsOf('file:/srv/guest.img')?.[0], 'loopback')
  assert.equal(new Set(cellsOf('phy:/dev/vg/guest')), new Set(['lvm or partition']))
})

/** A page with a text of its source replaced, read again. */
function changed(id: string, from: string | RegExp, to: string): KnowledgePage[] {
  const path = `backends/${id}.md`
  const text = templates.get(path) ?? ''
  assert.ok(text.replace(from, to) !== text, `nothing to change in ${path}`)
  const page = readKnowledge(path, text.replace(from, to))
  return PAGES.map((one) => (one.knowledge.id === id ? page : one))
}

const BROKEN: readonly (readonly [id: string, from: string | RegExp, to: string, fault: RegExp])[] = [
  ['lvm', 'sources:\n  S1:', 'sources:\n  S99:\n    title: nobody asks\n  S1:', /lvm: S99 is not used/],
  ['lvm', 'aliases: [lv', 'aliases: [TAP2', /"TAP2" names blktap2 and lvm|"tap2" names/i],
  ['lvm-thin', 'variantOf: lvm', 'variantOf: lwm', /there is no page lwm/],
  ['partition', 'underKvm: kvm-lvm', 'underKvm: kvm-partition', /there is no page kvm-partition/],
  ['qdisk', '../loopback/index.md', '../loop/index.md', /there is no page loop/],
  ['qdisk', 'about: cpu', 'about: speed', /qdisk: nothing is said about cpu/],
  ['blktap1', 'sources: [S21]', 'sources: [S21, S25]', /one source is on both sides/],
  [
    'lvm',
    'device mapper translates',
    '[device mapper](https://example.org) translates',
    /stands in the text/,
  ],
  ['loopback', 'bonnie++ 1.03c, source', 'bonnie++ 2.00a, source', /S48 is another source elsewhere/],
  ['loopback', 'from: "4.6", target: file', 'from: "4.7", target: file', /file:.* selects nothing .* 4\.6/],
  ['loopback', 'prefix: "file:"', 'prefix: "fil:"', /file:.* selects nothing for xm/],
]
for (const [id, from, to, fault] of BROKEN) {
  test(`${id}: ${to.replace(/\s+/g, ' ')} is noticed`, () => {
    assert.match(faults(changed(id, from, to)).join('\n'), fault)
  })
}

test('that state something without a source, or a dispute with one side, are refused', () => {
  assert.throws(() => changed('lvm', /(about: cpu\n.*\n *sources: )\[.*\]/, '$1[]'), /at least one source/)
  assert.throws(
    () => changed('blktap1', /( {6}- says: the code handles no flush.*| {6}- says: "the code.*)\n.*\n/, ''),
    /two sides/,
  )
  assert.throws(() => changed('lvm', 'about: cpu', 'about: colour'), /one of cache, flush/)
  assert.throws(() => changed('lvm', '[S32])', '[S98])'), /no source is called S98/)
})

test.run()
