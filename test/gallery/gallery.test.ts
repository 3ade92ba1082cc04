/** The gallery shows what it is there to show: every verdict, grade and state that a page can have. */
import * as assert from 'uvu/assert'
import type { Report } from '../../src/model/report.ts'
import { suite } from '../suite.ts'
import { gallery, gallerySlugs } from './gallery.ts'

const test = suite('the gallery')

let reports: readonly Report[] = []
test.before(async () => {
  reports = (await gallery()).reports
})

function shown(pick: (report: Report) => readonly string[]): string[] {
  return [...new Set(reports.flatMap(pick))].sort()
}

test('has some thirty studies, of no run to a hundred and of no backend to eight', () => {
  assert.ok(reports.length >= 30)
  assert.equal(reports.map((r) => r.study.slug).sort(), gallerySlugs())
  assert.equal(
    [Math.min, Math.max].map((of) => of(...reports.map((r) => r.runs.length))),
    [0, 100],
  )
  assert.equal(
    [Math.min, Math.max].map((of) => of(...reports.map((r) => r.backends.length))),
    [0, 8],
  )
})

test('shows every verdict and every grade', () => {
  assert.equal(
    shown((r) => r.recommendations.map((one) => one.verdict)),
    ['gated', 'insufficient', 'leaning', 'no data', 'recommended', 'same', 'undecided'],
  )
  assert.equal(
    shown((r) => r.recommendations.map((one) => one.grade)),
    ['A', 'B', 'C', 'D', 'X'],
  )
})

test('shows every validity, every kind of ratio and every verdict on a pair', () => {
  assert.equal(
    shown((r) => r.samples.map((s) => s.validity)),
    ['censored', 'disk', 'missing', 'not-disk', 'suspect'],
  )
  assert.equal(
    shown((r) => r.comparisons.map((c) => c.ratio.kind)),
    ['at least', 'at most', 'exact', 'unknown'],
  )
  assert.equal(
    shown((r) => r.comparisons.map((c) => c.verdict)),
    ['better', 'same', 'unclear', 'worse'],
  )
})

test('shows every verdict on a claim, every status and every level of a problem', () => {
  assert.equal(
    shown((r) => r.claims.map((c) => c.verdict)),
    ['contradicted', 'not decidable', 'supported'],
  )
  assert.equal(
    shown((r) => [r.study.status]),
    ['current', 'invalid', 'superseded'],
  )
  assert.equal(
    shown((r) => r.diagnostics.map((d) => d.level)),
    ['error', 'note', 'warning'],
  )
})

test('saves its outputs as bonnie++ would: what is read of them was put there', () => {
  const odd = ['no-result', 'row-ends-early', 'duplicate-run', 'above-own-bound', 'front-matter', 'bon-012']
  const noticed = reports
    .flatMap((r) => r.diagnostics.map((d) => ({ ...d, slug: r.study.slug })))
    .filter((d) => !odd.includes(d.rule) && d.place.file !== 'study.md')
  assert.equal(
    noticed.map((d) => `${d.slug} ${d.place.file}: ${d.message} [${d.rule}]`),
    [],
  )
})

test.run()
