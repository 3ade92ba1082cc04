/** The large numbers of the verdict card, and what is said beside them. */
import * as assert from 'uvu/assert'
import type { Comparison, Report } from '../../src/model/report.ts'
import { heroes } from '../../src/report/heroes.ts'
import { suite } from '../suite.ts'

const test = suite('the large numbers of the card')

/** One test of `fast` against the baseline `slow`, whose ratio is 1.04. */
function saidOf(comparison: Partial<Comparison>, medians: readonly [number, number]): string {
  const sample = (backend: string, value: number) => ({
    backend,
    metric: 'put_block',
    median: { kind: 'measured', value },
    validity: 'disk',
  })
  const pair = { metric: 'put_block', backend: 'fast', baseline: 'slow', view: 'measured', n: [8, 8] }
  const report = {
    study: { baseline: 'slow' },
    backends: [
      { id: 'fast', title: 'fast' },
      { id: 'slow', title: 'slow' },
    ],
    samples: [sample('fast', medians[0]), sample('slow', medians[1])],
    recommendations: [],
    comparisons: [{ ...pair, ratio: { kind: 'exact', value: 1.04 }, verdict: 'unclear', ...comparison }],
  } as unknown as Report
  return heroes(report)
    .flatMap(({ small }) => small)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('')
}

test('what no interval bears out is not called level', () => {
  const interval = { low: 0.6, high: 1.8, confidence: 0.95 }
  assert.match(saidOf({ interval }, [10_400, 10_000]), 'fast over slow, no difference shown: medians ')
  assert.match(saidOf({ interval, verdict: 'same' }, [10_400, 10_000]), 'fast and slow level: medians ')
})

test('a ratio that is not that of the medians beside it says what it is', () => {
  assert.match(saidOf({ verdict: 'same' }, [10_400, 10_000]), 'level: medians ')
  assert.match(saidOf({ verdict: 'same' }, [13_000, 10_000]), 'level: by geometric means, medians ')
})

test('what is no choice gives no number while there are others', () => {
  const between = { validity: 'disk', runs: 6, values: [] }
  const known = (backend: string, baseline: string, value: number) => {
    const pair = { metric: 'put_block', backend, baseline, view: 'measured', n: [6, 6], verdict: 'better' }
    return { ...pair, ratio: { kind: 'exact', value } }
  }
  const report = (excluded: readonly object[]) =>
    heroes({
      study: { baseline: 'host' },
      backends: ['host', 'lvm', 'qdisk'].map((id) => ({ id, title: id })),
      samples: ['host', 'lvm', 'qdisk'].map((backend) => ({
        ...between,
        backend,
        metric: 'put_block',
        median: { kind: 'measured', value: 10_000 },
      })),
      recommendations: [{ profile: 'general', excluded }],
      comparisons: [known('lvm', 'host', 0.2), known('qdisk', 'host', 0.1), known('qdisk', 'lvm', 0.5)],
    } as unknown as Report)
  const saidBy = (excluded: readonly object[]) =>
    report(excluded).map(({ big, backend }) => [typeof big === 'string' ? big : big.text, backend])
  assert.equal(saidBy([]), [['10.0×', 'host']])
  assert.equal(saidBy([{ backend: 'host', because: 'it is a control' }]), [['2.00×', 'lvm']])
  // one test of a backend that fell out does not take it out
  assert.equal(saidBy([{ backend: 'host', metric: 'seeks', because: 'not run' }]), [['10.0×', 'host']])
})

test.run()
