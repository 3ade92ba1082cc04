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

test.run()
