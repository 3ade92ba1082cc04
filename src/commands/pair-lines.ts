import { type Outcome, outcomeOf, pairSentences, type Standing } from '../analysis/pair.ts'
import { factor, wordOf } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import { rangeText, ratioText } from '../model/ratio-words.ts'
import type { Comparison, View } from '../model/report.ts'
import type { Pair } from './compare.ts'
import { legendOf, markOf } from './marks.ts'
import { problemJson } from './problems.ts'
import { type Column, table, wrap } from './table.ts'

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  worse: 'worse',
  better: 'better',
  mixed: 'worse on some tests, better on others',
  same: 'the same for practical purposes',
  unclear: 'no difference shown',
  'cannot tell': 'cannot tell',
}

/** The comparison of a pair as text: the verdict in sentences, then both views. */
export function pairLines(pair: Pair, found: readonly Standing[], width: number): string[] {
  const [a, b] = pair.titles
  const where = pair.slug === null ? '' : `, ${pair.slug}`
  const head = wrap(`${b} against ${a}${where}: ${OUTCOME_WORDS[outcomeOf(found)]}`, width)
  const told = [...pairSentences(found, b, a), ...pair.caveats]
  const sentences = told.flatMap((sentence) => wrap(sentence, width, 2))
  if (found.length === 0) return [...head, '', ...sentences]
  const disk = columnsOf(found, 'disk')
  const measured = columnsOf(found, 'measured')
  const labels = found.map(({ metric: id }) => metric(id).label)
  return [
    ...head,
    '',
    ...sentences,
    '',
    ...wrap(`On disk evidence, which decides, ${b} ÷ ${a}:`, width),
    ...table(labels, disk, width),
    '',
    ...wrap(`As measured, memory and processor included, ${b} ÷ ${a}:`, width),
    ...table(labels, measured, width),
    ...legendOf([...disk, ...measured]),
  ]
}

/** The columns of a view; those in which nothing stands are left out. */
function columnsOf(found: readonly Standing[], view: View): Column[] {
  const column = (head: string, cell: (c: Comparison, standing: Standing) => string): Column => ({
    heads: [head],
    cells: found.map((standing) => (standing[view] && cell(standing[view], standing)) || '-'),
  })
  const told = [
    column('runs', ({ n }) => n.join(', ')),
    column('ratio', (c, { validity }) => ratioCell(c, markOf(validity))),
    column('95 % interval', ({ ratio, interval }) =>
      interval && ratio.kind !== 'unknown' ? rangeText(ratio, interval) : '',
    ),
    column('usual spread', ({ spread }) => spread ?? ''),
  ].filter(({ cells }) => cells.some((cell) => cell !== '-'))
  const verdicts = found.map((standing) => {
    if (view === 'disk') return standing.verdict
    return standing.measured ? wordOf(standing.measured) : 'cannot tell'
  })
  return [...told, { heads: ['verdict'], cells: verdicts }]
}

/** A bound is rounded to the side on which it stays true. */
function ratioCell({ ratio, interval }: Comparison, mark: string): string {
  if (ratio.kind === 'unknown') return ''
  if (ratio.kind === 'exact') return ratioText(ratio, interval) + mark
  return ratio.kind === 'at least'
    ? `≥${factor(ratio.bound, 'down')}${mark}`
    : `≤${factor(ratio.bound, 'up')}${mark}`
}

/** The comparison of a pair as one document, schema 1. Ratios are B ÷ A. */
export function pairDocument(pair: Pair, found: readonly Standing[]): object {
  const titles = pair.titles
  return {
    schema: 1,
    study: pair.slug,
    status: pair.report.study.status,
    a: { backend: pair.ids[0], title: titles[0] },
    b: { backend: pair.ids[1], title: titles[1] },
    verdict: outcomeOf(found),
    worse: found.some(({ verdict }) => verdict === 'worse'),
    sentences: pairSentences(found, titles[1], titles[0]),
    caveats: pair.caveats,
    tests: found,
    problems: pair.problems.map((problem) => problemJson(problem, {})),
  }
}
