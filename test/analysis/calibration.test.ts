/** What the checks find on the published rows, held against the table that they were collected in. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { calibration, checkFacts } from '../../src/analysis/checks/calibration.ts'
import { PUBLISHED_PAIRS } from '../../src/analysis/checks/literature.ts'
import { PUBLISHED, type Published, subjectOf } from '../../src/analysis/checks/published.ts'
import { memoryMib } from '../../src/analysis/units.ts'
import { METRICS, type MetricId } from '../../src/model/metric.ts'
import { suite } from '../suite.ts'

const test = suite('calibration on published rows')

const TABLE = readTable(readFileSync('test/fixtures/evidence.csv', 'utf8'))
const COMPLETE = TABLE.filter((row) => row.rewrite_index_rho !== '')

/** Columns of the table for the metrics of its tests, by their order. */
const COLUMNS = [
  'putc',
  'put_block',
  'rewrite',
  'getc',
  'get_block',
  'seeks',
  'seq_create',
  'seq_stat',
  'seq_del',
  'ran_create',
  'ran_stat',
  'ran_del',
]

test('the rows are the complete rows of the table, by number', () => {
  assert.equal(PUBLISHED.map(({ id }) => id).sort(), COMPLETE.map(({ id }) => id).sort())
  for (const published of PUBLISHED) {
    const row = COMPLETE.find(({ id }) => id === published.id) ?? {}
    assert.equal(cellsOf(published), printedIn(row), published.id)
    assert.is(String(published.file_size_mib ?? 2048), row.size_mib, published.id)
    assert.ok((row.source_url ?? '').startsWith(published.url), published.url)
  }
})

test('facts of a row are those that the table gives', () => {
  for (const { id, facts, version, dialect } of PUBLISHED) {
    const row = COMPLETE.find((one) => one.id === id) ?? {}
    const tool = dialect ?? `bonnie++ ${version ?? '1.03c'}`
    assert.ok((row.tool ?? '').startsWith(tool.replace(/ text$/, '')), `${id}: ${row.tool} is not ${tool}`)
    if (facts.guest?.ram) {
      const given = /^[\d.]+ ?[MG]B?/.exec(row.domu_ram ?? '')?.[0] ?? ''
      assert.is(memoryMib(facts.guest.ram), memoryMib(given), id)
    }
    if (facts.host?.disk?.kind) {
      const kind = facts.host.disk.kind === 'raid' ? 'RAID' : facts.host.disk.kind.toUpperCase()
      assert.match(row.disk ?? '', kind)
    }
  }
})

test('the memory signature fires on the eight rows of a cache, and on no other', () => {
  assert.equal(of('memory-signature').doubts, [
    'seed-loop',
    'gregg-kvm',
    'gregg-smartos',
    'vbox-fixed',
    'ovh-1',
    'ovh-2',
    'ovh-3',
    'ref-oi',
  ])
})

/** By rule: the rows in which it doubts a cell, and those in which it only notes something. */
const EVERY = PUBLISHED.map(({ id }) => id).join(' ')
const SILENT = ['', ''] as const
const UNTIMED_SEEKS = 'gregg-kvm gregg-smartos'
const EXPECTED: Readonly<Record<string, readonly [doubts: string, notes: string]>> = {
  'lower-bound': [
    '',
    `seed-loop seed-blktap ${UNTIMED_SEEKS} do-ide do-virtio vbox-fixed ovh-1 ovh-2 ovh-3 rainux-lvmsnap ref-oi`,
  ],
  'rewrite-ceiling': ['seed-loop vbox-fixed ovh-1 ovh-2 ovh-3', 'yken-1'],
  'memory-signature': [`seed-loop ${UNTIMED_SEEKS} vbox-fixed ovh-1 ovh-2 ovh-3 ref-oi`, ''],
  // per-character tests are the processor's nearly everywhere
  'cpu-bound': [EVERY.replace('gregg-kvm ', ''), ''],
  // of no row is every memory known
  'cacheable-file': [EVERY, ''],
  'told-memory': ['ovh-1 ovh-2 ovh-3', ''],
  'per-char-faster': [`seed-loop ${UNTIMED_SEEKS}`, ''],
  // no row declares a link
  'faster-than-link': SILENT,
  'class-band': ['do-ide do-virtio ref-pao', ''],
  'too-few-files': ['', 'seed-loop seed-blktap do-ide do-virtio vbox-fixed ovh-1 ovh-2 ovh-3 rainux-lvmsnap'],
  'long-stalls': ['', 'vbox-fixed'],
  // all are single runs
  'first-allocation': SILENT,
  'wide-spread': SILENT,
  outlier: SILENT,
  drift: SILENT,
  'impossible-seeks': [`seed-loop ${UNTIMED_SEEKS} vbox-fixed ref-oi`, ''],
  'faster-than-reference': ['seed-loop', ''],
  'unlike-published': ['', 'seed-blktap'],
  'attach-line': SILENT,
  'open-snapshot': SILENT,
  'sync-mode': SILENT,
  'runs-differ': SILENT,
  'blocked-order': SILENT,
  'single-run': ['', EVERY],
  'cpu-scope': ['', EVERY],
}

test('every check fires where it did', () => {
  const fired = Object.fromEntries(
    checkFacts().map(({ rule, doubts, notes }) => [rule, [doubts.join(' '), notes.join(' ')]]),
  )
  assert.equal(fired, EXPECTED)
})

test('the quotient of a rewrite is that of the table, wherever it is doubted', () => {
  for (const { id, row } of PUBLISHED) {
    const [, w = 0, x = 0, , r = 0] = row.split(' ').map((cell) => Number.parseFloat(cell))
    const given = Number(COMPLETE.find((one) => one.id === id)?.rewrite_index_rho)
    assert.ok(Math.abs(x * (1 / w + 1 / r) - given) <= 0.0051, `${id}: ${x * (1 / w + 1 / r)}, not ${given}`)
  }
})

test('published pairs are those of the rows', () => {
  for (const { of: own, against, ratios } of PUBLISHED_PAIRS) {
    const rates = (kind: string) =>
      subjectOf(PUBLISHED.find((one) => one.study === 'xendevel2006' && one.kind === kind) as Published)
        .runs[0]?.cells
    for (const [id, ratio] of Object.entries(ratios) as [MetricId, number][]) {
      assert.is(
        (rates(own)?.[id].rate ?? 0) / (rates(against)?.[id].rate ?? 0),
        ratio,
        `${own} ${against} ${id}`,
      )
    }
  }
})

test('the page of the rows lists all of them', () => {
  assert.equal(
    calibration().map(({ id }) => id),
    PUBLISHED.map(({ id }) => id),
  )
})

function of(rule: string) {
  const facts = checkFacts().find((one) => one.rule === rule)
  if (!facts) throw new Error(`no check ${rule}`)
  return facts
}

/** The cells of a published row: `18075@3`, and without a CPU `18075`. */
function cellsOf(published: Published): string[] {
  const run = subjectOf(published).runs[0]
  return METRICS.map(({ id }) => {
    const cell = run?.cells[id]
    if (cell?.state === 'at_least') return '+++++'
    if (cell?.state !== 'measured') return '-'
    return cell.cpu === null ? String(cell.rate) : `${cell.rate}@${cell.cpu}`
  })
}

function printedIn(row: Readonly<Record<string, string>>): string[] {
  const bulk = COLUMNS.slice(0, 6).map((id) => {
    const unit = id === 'seeks' ? 'ps' : 'kps'
    const [rate = '', cpu = ''] = [row[`${id}_${unit}`], row[`${id}_cpu`]]
    if (rate === '' || rate === '+++++') return rate || '-'
    return `${Number(rate)}${cpu === '' ? '' : `@${cpu}`}`
  })
  const files = COLUMNS.slice(6).map((id) => {
    const [, rate, cpu] = /^(\S+?)(?: @(\d+)%)?$/.exec(row[id] ?? '') ?? []
    return rate === undefined ? '-' : cpu === undefined ? rate : `${rate}@${cpu}`
  })
  return [...bulk, ...files]
}

/** Rows of a CSV text by the names of their columns; fields may be quoted. */
function readTable(text: string): Record<string, string>[] {
  const [names = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? ''))
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])))
}

test.run()
