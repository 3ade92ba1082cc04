import { excerptLines, visible } from '../diagnose.ts'
import { durationText, rateText } from '../model/format.ts'
import { type MetricId, metric } from '../model/metric.ts'
import type { CellTrail, Checked, Trail } from '../model/trail.ts'
import {
  becameWords,
  claimWords,
  comparisonWords,
  rateWords,
  runNames,
  sampleWords,
  sharedDoubts,
  stateWords,
  useWords,
  VALIDITY_MEANS,
} from '../report/trail-words.ts'
import type { Explained, Saved } from './explain.ts'
import { statusSentences } from './lookup.ts'
import { plural } from './problems.ts'
import { table, wrap } from './table.ts'

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
    section(
      'Comparisons',
      trail.comparisons.map((c) => comparisonWords(report, c)),
      width,
    ),
    section('Workloads', trail.uses.map(useWords), width),
    section('Claims', trail.claims.map(claimWords), width),
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
        ...checks.map(checkLine),
        `${checks.length > 0 ? 'No doubt from the others' : 'No doubt from any'}: ${silent.join(', ')}.`,
        `It counts as ${VALIDITY_MEANS[own.validity]}.`,
      ],
      width,
    ),
  ]
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
    ['state', stateWords(own)],
    ['rate', rateWords(own, id)],
    ['CPU', cell.cpu === null ? '-' : `${cell.cpu} %`],
    ['slowest', cell.latency_us === null ? '-' : durationText(cell.latency_us)],
    ['tested', cell.state === 'not_run' ? '-' : test],
  ]
  return rows.flatMap(([name, value]) =>
    wrap(value, width - 11).map((line, i) => `  ${(i === 0 ? name : '').padEnd(8)} ${line}`),
  )
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
function checksOfAll(trail: Trail): string[] {
  const lines = sharedDoubts(trail).map((doubt) => `${runNames(doubt.runs)} ${checkLine(doubt)}`)
  return lines.length > 0 ? lines : ['No doubt from any.']
}

function checkLine({ level, message, rule, effect }: Checked): string {
  return `${level}: ${message} [${rule}]${becameWords(effect)}`
}

function sampleLines(trail: Trail, title: string): string[] {
  return [
    ...sampleWords(trail, title),
    ...(trail.sample ? trail.findings : []).map(
      ({ level, message, rule }) => `${level}: ${message} [${rule}]`,
    ),
  ]
}
