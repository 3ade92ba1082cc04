import { countWord, listed, sentenceCase, whole } from '../model/format.ts'
import { BLOCK_METRICS, metric } from '../model/metric.ts'
import type { CheckFacts, ExampleFacts, PublishedRow } from '../model/shelf.ts'
import { Verbatim } from './escape.ts'
import type { MethodDocuments, Render, TextPage } from './pages.ts'

/** The tests that the checks hold against each other: the columns of the table of published rows. */
const SHOWN = [...BLOCK_METRICS, 'seeks'] as const

const BECOMES = {
  'not-disk': 'not the disk',
  suspect: 'suspect',
  noted: 'noted',
  silent: 'passes',
} as const satisfies Record<ExampleFacts['becomes'], string>

/** What the page of a check prints beside its words: its examples and where it fires; null for other rules. */
export function checkView(
  rule: string,
  { checks, published }: Pick<MethodDocuments, 'checks' | 'published'>,
) {
  const facts = checks.find((check) => check.rule === rule)
  if (!facts) return null
  return {
    examples: facts.examples.map((example) => ({
      given: givenWords(example),
      test: example.metric ? metric(example.metric).label : 'the runs',
      becomes: BECOMES[example.becomes],
    })),
    calibration: calibrationWords(facts, published),
    page: new Verbatim('../calibration/index.md'),
  }
}

/** method/calibration/: every published row, and what the checks make of it. */
export function calibrationPage({ checks, published }: MethodDocuments, render: Render): TextPage {
  const always = checks.filter(({ doubts, notes }) => doubts.length + notes.length === published.length)
  const told = (rules: readonly string[]) =>
    rules
      .filter((rule) => !always.some((check) => check.rule === rule))
      .map((rule) => ({ rule, page: pageOf(rule) }))
  return {
    name: 'index',
    section: 'method',
    title: 'What the rules find on published results',
    description: 'The published outputs on which the rules were tried, and which rules fire on each.',
    markdown: render('pages/calibration.md.njk', {
      count: whole(published.length),
      tests: SHOWN.map((id) => sentenceCase(metric(id).label)),
      always: always.map(({ rule }) => ({ rule, page: pageOf(rule) })),
      rows: published.map((row) => ({
        title: row.title,
        url: new Verbatim(row.url),
        year: row.year,
        cells: SHOWN.map((id) => cellWords(row.cells[id]).replace(/ at (.*) CPU$/, ' ($1)')),
        doubts: told(row.doubts),
        notes: told(row.notes),
      })),
    }),
  }
}

function pageOf(rule: string): Verbatim {
  return new Verbatim(`../${rule}/index.md`)
}

/** On which of the published rows a check fires, as one sentence or two. */
function calibrationWords({ doubts, notes }: CheckFacts, published: readonly PublishedRow[]): string {
  const all = `the ${whole(published.length)} published rows`
  const names = (ids: readonly string[]) =>
    ids.length === published.length
      ? 'each'
      : `${countWord(ids.length)}: ${listed(published.filter(({ id }) => ids.includes(id)).map(({ title }) => title))}`
  if (doubts.length === 0 && notes.length === 0) {
    return `On none of ${all}: they are single runs, and of most of them little is declared.`
  }
  const doubted = doubts.length === 0 ? [] : [`it doubts a cell of ${names(doubts)}`]
  const noted = notes.length === 0 ? [] : [`it notes something on ${names(notes)}`]
  return `Of ${all} ${[...doubted, ...noted].join('; ')}.`
}

/** `block write 1,000, rewrite 1,251; a hard disk; beside it block read 900`. */
function givenWords({ runs, beside, given }: ExampleFacts): string {
  const cells = (list: ExampleFacts['beside']) =>
    list.map(({ metric: id, printed }) => `${metric(id).label} ${cellWords(printed)}`).join(', ')
  const [first, ...others] = runs
  const series = [
    first ? cells(first) : '',
    ...others.map((run) => run.map(({ printed }) => cellWords(printed)).join(', ')),
  ].join(', then ')
  const neighbour = beside.length === 0 ? '' : `another backend: ${cells(beside)}`
  return [series, given, neighbour].filter((part) => part !== '').join('; ')
}

/** `93,549 at 20 % CPU`, `+++++`; with a worst latency `93,549 at 20 % CPU, worst 12,300 µs`. */
function cellWords(printed: string): string {
  const [, rate, cpu, latency] = /^([\d.]+)(?:@([\d.]+))?(?:\/(\d+))?$/.exec(printed) ?? []
  if (rate === undefined) return printed
  const number = rate.includes('.') ? rate : whole(Number(rate))
  const share = cpu === undefined ? '' : ` at ${cpu} % CPU`
  return `${number}${share}${latency === undefined ? '' : `, worst ${whole(Number(latency))} µs`}`
}
