/** What a choice costs at worst, for whoever has no single workload in mind. */
import * as assert from 'uvu/assert'
import { regretWords } from '../../src/report/plan-view.ts'
import { THREE } from '../charts/sample-reports.ts'
import { suite } from '../suite.ts'

const test = suite('regret in words')

const told = (...worst: readonly number[]) =>
  regretWords({
    ...THREE,
    regrets: worst.map((share, i) => {
      return { backend: ['loopback', 'blktap', 'lvm'][i] ?? '', worst: share, profile: 'database' as const }
    }),
  })?.replace(/^.*?weighed\. /, '')

test('each backend scores so far below the best, which a share of being faster is not', () => {
  assert.is(
    told(0.001, 0.25, 2.2),
    'At worst loopback scores less than 1 % below the best (database), blktap 20 % (database) and LVM a factor of 3.20 (database).',
  )
})

test('who is never behind is said to be the best', () => {
  assert.is(
    told(0, 0.25),
    'Loopback scores best for each of them. At worst blktap scores 20 % below the best (database).',
  )
  assert.is(told(0), 'Loopback scores best for each of them.')
  assert.is(told(), undefined)
})

test.run()
