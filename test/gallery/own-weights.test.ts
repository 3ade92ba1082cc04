/** The panel of the reader's own weights begins with what the article says, in every study of the gallery. */
import * as assert from 'uvu/assert'
import type { Report, Weighing } from '../../src/model/report.ts'
import { script } from '../explore.ts'
import { suite } from '../suite.ts'
import { gallery } from './gallery.ts'

const test = suite("the reader's own weights and the article")

type Recommendation = Report['recommendations'][number]

/** What the panel says at the weights of a workload where the article says `score`; null where it weighs less or others. */
function panelRatio(weighing: Weighing, found: Recommendation): number | null {
  const { backends, terms, profiles } = weighing
  const weights = profiles.find(({ profile }) => profile === found.profile)?.weights ?? []
  const carried = weights.reduce((sum, weight) => sum + weight, 0)
  const isLess = Math.abs(carried - found.coverage * 100) > 1e-9
  const hasOthers = found.excluded.some(({ backend, metric }) => !metric && backends.includes(backend))
  const against = backends.indexOf(found.score?.against ?? '')
  if (isLess || hasOthers || against < 0) return null
  const means = script.scores({ backends, terms }, weights).map(({ mean }) => mean)
  return Math.exp(Math.max(...means) - (means[against] ?? 0))
}

test('agree on the score of each workload, with latencies and without', async () => {
  const { reports } = await gallery()
  let [plain, withLatency] = [0, 0]
  for (const { study, weighing, recommendations } of reports) {
    if (weighing === null) continue
    for (const found of recommendations) {
      const ratio = found.score ? panelRatio(weighing, found) : null
      if (ratio === null || !found.score) continue
      const where = `${study.slug}, ${found.profile}: ${ratio}, not ${found.score.ratio}`
      assert.ok(Math.abs(ratio / found.score.ratio - 1) < 1e-9, where)
      const place = weighing.terms.findIndex(({ term }) => term === 'latency')
      const weight = weighing.profiles.find(({ profile }) => profile === found.profile)?.weights[place] ?? 0
      if (weight > 0) withLatency += 1
      else plain += 1
    }
  }
  assert.ok(plain > 10 && withLatency > 3, `${plain} without latencies, ${withLatency} with`)
})

test.run()
