import { wordOf } from '../analysis/pair.ts'
import type { CellTrail, Trail, Use } from '../analysis/trail.ts'
import { excerptLines, visible } from '../diagnose.ts'
import { durationText, factor, rateText, sentenceCase } from '../model/format.ts'
import { magnitude } from '../model/measurement.ts'
import { type MetricId, metric } from '../model/metric.ts'
import type { Comparison, Report, Validity } from '../model/report.ts'
import type { Explained, Saved } from './explain.ts'
import { statusSentences } from './lookup.ts'
import { plural } from './problems.ts'
import { table, wrap } from './table.ts'

/** What a validity means, in words. */
const VALIDITY_WORDS: Readonly<Record<Validity, string>> = {
  disk: 'disk: nothing speaks against it',
  suspect: 'suspect: perhaps not the disk alone',
  censored: 'censored: too fast to time, so a lower bound',
  'not-disk': 'not-disk: memory or processor',
  missing: 'missing: there is no rate',
}

/** The way of a number as text, section by section; lines of at most `width` wherever words allow it. */
export function trailLines(found: Explained, width: number): string[] {
  const { report, trail, run } = found
  const title = report.backends.find(({ id }) => id === trail.backend)?.title ?? trail.backend
  const total = report.runs.filter((own) => own.backend === trail.backend).length
  const which = run === null ? plural(total, 'run') : `run ${run} of ${total}`
  const [only] = trail.cells
  const cells = run !== null && only ? oneCell(found, only, width) : allCells(found, width)
  const sections = [
    wrap(`${found.name}, ${report.study.slug}: ${metric(trail.metric).label} of ${title}, ${which}`, width),
    statusSentences(report).flatMap((sentence) => wrap(sentence, width)),
    ...cells,
    section('Sample', sampleLines(trail, title), width),
    section('Comparisons', trail.comparisons.map(comparisonLine(report)), width),
    section('Workloads', trail.uses.map(useLine), width),
    section('Claims', trail.claims.map(claimLine), width),
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))
}

/** A heading and what stands below it, each text a paragraph of its own; nothing without a text. */
function section(heading: string, texts: readonly string[], width: number): string[] {
  return texts.length === 0 ? [] : [heading, ...texts.flatMap((text) => paragraph(text, width))]
}

function paragraph(text: string, width: number): string[] {
  return wrap(text, width - 2, 2).map((line) => `  ${line}`)
}

// ─── runs ───────────────────────────────────────────────────────────────────────────────────────────────────────

function oneCell({ trail, savedOf, placeOf }: Explained, own: CellTrail, width: number): string[][] {
  const saved = savedOf(own)
  const id = trail.metric
  const { run, noticed, checks, silent } = own
  const read = `Read as ${run.dialect}${run.version === null ? '' : `, version ${run.version}`}.`
  return [
    [
      'As saved',
      ...(saved ? savedLines(saved, width) : [`  ${visible(placeOf(own))}`, '    no cell of this test']),
      ...paragraph(read, width),
      ...noticed.flatMap(({ level, message, rule }) => paragraph(`${level}: ${message} [${rule}]`, width)),
    ],
    ['Read', ...factLines(own, saved, { id, width })],
    section(
      'Checks',
      [
        ...checks.map(
          ({ level, message, rule, effect }) => `${level}: ${message} [${rule}]${became(effect)}`,
        ),
        `${checks.length > 0 ? 'No doubt from the others' : 'No doubt from any'}: ${silent.join(', ')}.`,
        `It counts as ${VALIDITY_WORDS[own.validity]}.`,
      ],
      width,
    ),
  ]
}

function became(effect: 'suspect' | 'not-disk' | null): string {
  return effect === null ? '' : ` → ${effect}`
}

function savedLines({ file, line, column, text, token }: Saved, width: number): string[] {
  const excerpt = excerptLines(text, column, token.length, Math.max(16, width - 8))
  return [`  ${visible(file)}:${line}:${column}`, ...excerpt.map((each) => `    ${each}`)]
}

function factLines(
  own: CellTrail,
  saved: Saved | null,
  { id, width }: { readonly id: MetricId; readonly width: number },
): string[] {
  const { cell, test } = own
  const rows: readonly (readonly [string, string])[] = [
    ['token', saved?.token ?? '-'],
    ['state', cell.erratum === undefined ? cell.state : `${cell.state}, ${cell.erratum}`],
    ['rate', rateWords(own, id)],
    ['CPU', cell.cpu === null ? '-' : `${cell.cpu} %`],
    ['slowest', cell.latency_us === null ? '-' : durationText(cell.latency_us)],
    ['tested', cell.state === 'not_run' ? '-' : test],
  ]
  return rows.flatMap(([name, value]) =>
    wrap(value, width - 11).map((line, i) => `  ${(i === 0 ? name : '').padEnd(8)} ${line}`),
  )
}

/** A rate in bonnie++'s unit, and in the unit of prose where that is another. */
function rateWords({ rate, cell }: CellTrail, id: MetricId): string {
  if (rate.kind === 'absent') return cell.printed === undefined ? rate.why : `${rate.why}, "${cell.printed}"`
  const least = rate.kind === 'at least' ? 'at least ' : ''
  const rounded = cell.tolerance === undefined ? '' : ` ± ${cell.tolerance}`
  const { unit } = metric(id)
  const printed = `${least}${magnitude(rate)}${rounded} ${unit}`
  return unit === 'KiB/s' ? `${printed} = ${rateText(id, rate)}` : printed
}

/** All runs: where each stands, what it gave, what it counts as; then the doubts. */
function allCells({ trail, savedOf, placeOf }: Explained, width: number): string[][] {
  const rows = trail.cells.map((own) => ({ own, saved: savedOf(own) }))
  const columns = [
    { heads: ['token'], cells: rows.map(({ saved }) => visible(saved?.token ?? '-')) },
    { heads: ['rate'], cells: rows.map(({ own }) => rateText(trail.metric, own.rate)) },
    { heads: ['CPU'], cells: rows.map(({ own }) => (own.cell.cpu === null ? '-' : `${own.cell.cpu} %`)) },
    { heads: ['counts as'], cells: rows.map(({ own }) => (own.inSample ? own.validity : 'another test')) },
  ]
  const labels = rows.map(({ own }) => `  #${own.number}`)
  const places = rows.map(({ own, saved }) => {
    const place = saved ? `${saved.file}:${saved.line}:${saved.column}` : placeOf(own)
    // not wrapped: blanks in a name are part of it
    return `  #${own.number} ${visible(place)}`
  })
  return [
    ['Runs', ...table(labels, columns, width)],
    ['As saved', ...places],
    section('Checks', checksOfAll(trail), width),
  ]
}

/** Each doubt once, with the runs it fell on. */
function checksOfAll({ cells }: Trail): string[] {
  const told = new Map<string, number[]>()
  for (const { number, checks } of cells) {
    for (const { level, message, rule, effect } of checks) {
      const text = `${level}: ${message} [${rule}]${became(effect)}`
      told.set(text, [...(told.get(text) ?? []), number])
    }
  }
  const lines = [...told].map(([text, runs]) => `${runs.map((n) => `#${n}`).join(' ')} ${text}`)
  return lines.length > 0 ? lines : ['No doubt from any.']
}

// ─── what rests on them ─────────────────────────────────────────────────────────────────────────────────────────

function sampleLines({ sample, metric: id, findings, cells }: Trail, title: string): string[] {
  if (!sample) return [`No backend of the study ran the ${metric(id).label}.`]
  const middle = sample.n === 0 ? '' : `median ${rateText(id, sample.median)}, `
  const out = cells.filter(({ inSample }) => !inSample).map(({ number }) => `#${number}`)
  return [
    `${title}, ${metric(id).label}: n = ${sample.n}, ${middle}${VALIDITY_WORDS[sample.validity]}.`,
    ...(out.length > 0 ? [`${out.join(', ')} made another test and is left out of it.`] : []),
    ...findings.map(({ level, message, rule }) => `${level}: ${message} [${rule}]`),
  ]
}

function comparisonLine({ backends }: Report): (c: Comparison) => string {
  const title = (id: string) => backends.find((b) => b.id === id)?.title ?? id
  return (c) => {
    const { ratio, interval, spread, view, n } = c
    const number =
      ratio.kind === 'unknown'
        ? ratio.why
        : ratio.kind === 'exact'
          ? factor(ratio.value)
          : `${ratio.kind} ${factor(ratio.bound, ratio.kind === 'at least' ? 'down' : 'up')}`
    const range = interval ? ` (${factor(interval.low)} to ${factor(interval.high)})` : ''
    const beside = spread ? `, ${spread} the usual spread` : ''
    const seen = view === 'disk' ? 'disk' : 'as measured'
    return `${seen}: ${title(c.backend)} ÷ ${title(c.baseline)} ${number}${range}, n = ${n.join(' and ')}${beside}: ${wordOf(c)}${chanceWords(c)}`
  }
}

/** How likely chance alone is: by Welch's test, after Holm over the whole study, and by one that assumes no distribution. */
function chanceWords({ p, adjusted, exact }: Comparison): string {
  const welch = p === undefined || adjusted === undefined ? [] : [`p ${chance(p)}, Holm ${chance(adjusted)}`]
  const name = exact?.test === 'ranks' ? 'ranks' : 'permutation'
  const least =
    exact && exact.attainable > 0.05
      ? `, and no less than ${chance(exact.attainable)} whatever such runs show`
      : ''
  const counted = exact ? [`exact (${name}) p ${chance(exact.p)}${least}`] : []
  const all = [...welch, ...counted]
  return all.length === 0 ? '' : ` (${all.join('; ')})`
}

function chance(p: number): string {
  return p < 0.0005 ? '< 0.001' : p.toFixed(3)
}

function useLine({ recommendation, weight, leftOut }: Use): string {
  const { title, verdict, sentence } = recommendation
  const because = [...new Set(leftOut.map((out) => `${out.backend}: ${out.because}`))]
  const part = because.length > 0 ? `left out (${because.join('; ')})` : 'it counts'
  return `${title}: ${weight} % of the weight, ${part}. ${sentenceCase(verdict)}: ${sentence}`
}

function claimLine({ text, expression, verdict, because }: Trail['claims'][number]): string {
  return `“${text}” (${expression}): ${verdict}. ${because}`
}
