import { sentenceCase, whole } from '../model/format.ts'
import { METRICS } from '../model/metric.ts'
import type { DefectFacts, DialectFacts, Versions } from '../model/shelf.ts'
import { Verbatim } from './escape.ts'
import type { MethodDocuments, Render, TextPage } from './pages.ts'

/** method/dialects/<slug>/: facts from the shelf, words from templates/dialects/. */
export function dialectPages({ dialects, dialectPages: texts, defects }: MethodDocuments, render: Render) {
  return dialects.map((facts): [string, TextPage] => {
    const text = texts.find(({ slug }) => slug === facts.slug)
    if (!text) throw new Error(`templates/dialects/${facts.slug}.md is missing`)
    const known = defects.filter(({ rule }) => facts.defects.includes(rule))
    return [
      `method/dialects/${facts.slug}/`,
      {
        name: 'index',
        section: 'method',
        title: text.title,
        description: text.summary,
        markdown: render('pages/dialect.md.njk', {
          title: text.title,
          summary: text.summary,
          body: new Verbatim(text.body.trim()),
          properties: propertiesOf(facts),
          headings: facts.headings.map((lines) => new Verbatim(lines.join('\n'))),
          layouts: facts.layouts.map(layoutView),
          defects: known.map(({ rule, sentence }) => ({
            number: rule.toUpperCase(),
            page: new Verbatim(`../../${rule}/index.md`),
            sentence,
          })),
        }),
      },
    ]
  })
}

/** The dialects by kind, for the list of them. */
export function dialectList({ dialects, dialectPages: texts }: MethodDocuments) {
  return KINDS.map(([kind, title]) => ({
    title,
    rows: dialects
      .filter((facts) => facts.kind === kind)
      .map((facts) => {
        const text = texts.find(({ slug }) => slug === facts.slug)
        return {
          name: facts.name,
          summary: text?.summary ?? '',
          page: new Verbatim(`dialects/${facts.slug}/index.md`),
        }
      }),
  }))
}

const KINDS: readonly (readonly [DialectFacts['kind'], string])[] = [
  ['table', 'Tables'],
  ['csv', 'CSV lines'],
  ['converter', 'What the converters make of them'],
  ['refused', 'What is refused by name'],
]

/** `from 1.00, before 1.90b`; `from 1.98`; `all versions`. */
export function versionWords({ from, below }: { readonly [key in keyof Versions]: string | null }): string {
  const words = [from && `from ${from}`, below && below !== LAST && `before ${below}`].filter((word) => word)
  return words.length === 0 ? 'all versions' : words.join(', ')
}

/** A version that does not exist stands for no end. */
const LAST = '3.00'

const FORMS: Readonly<Record<DefectFacts['forms'][number], string>> = {
  text: 'text tables',
  csv: 'CSV lines',
  converted: 'tables of bon_csv2txt',
  page: 'pages of bon_csv2html',
}

/** What the shelf knows of a defect, for the page of its rule; null where the rule is about none. */
export function defectView(rule: string, defects: readonly DefectFacts[]) {
  const defect = defects.find((each) => each.rule === rule)
  if (!defect) return null
  const { sentence, treatment, forms, source } = defect
  const where = sentenceCase(forms.map((form) => FORMS[form]).join(', '))
  return { sentence, treatment, versions: defectVersions(defect), where, source }
}

/** The versions that have a defect, in words. */
export function defectVersions({ versions }: DefectFacts): string {
  return versions === null ? 'Bonnie before bonnie++' : `bonnie++ ${versionWords(versions)}`
}

const BULK = {
  whole: 'KiB a second, whole numbers, cut off',
  mib: 'MiB a second with one decimal',
  scaled: 'KiB, MiB or GiB a second, rounded, with k, m or g behind',
} as const

function propertiesOf({ kind, versions, notation }: DialectFacts): [string, string][] {
  const printed: [string, string] = [
    'Versions',
    versions === null ? 'Bonnie before bonnie++' : `bonnie++ ${versionWords(versions)}`,
  ]
  if (kind === 'refused') return []
  if (!notation) return [printed]
  const size =
    notation.bareMib === null
      ? 'with M or G, in MiB or GiB'
      : notation.bareMib === 1
        ? 'a bare number in MiB, or with M or G'
        : `a bare number in units of ${whole(notation.bareMib)} MiB`
  const parts = notation.sizeParts.map((part) => part.replaceAll('_', ' '))
  return [
    printed,
    ['Rates of the large file', BULK[notation.bulk]],
    ['Seeks', `seeks a second, ${seekDigits(notation)}`],
    ['File tests', notation.files ? 'files a second, in a table of their own' : 'none'],
    ['CPU', notation.cpu === 'whole' ? 'whole per cent, cut off' : 'per cent with one decimal'],
    ['Latencies', notation.latency ? 'a row of maxima in us, ms or s below each row' : 'none'],
    ['A test too short to time', notation.censors ? '+++++, read as a lower bound' : 'printed as a number'],
    ['Size of the file', size],
    ['Behind the size', parts.length === 0 ? 'nothing' : `${parts.join(', ')}, parted by colons`],
  ]
}

function seekDigits({ bulk, censors }: NonNullable<DialectFacts['notation']>): string {
  if (censors) return 'with one decimal below 1,000'
  return bulk === 'mib' ? 'whole numbers' : 'with one decimal'
}

const FIELDS: Readonly<Record<string, string>> = {
  format_version: 'Format of the line',
  version: 'Version of bonnie++',
  name: 'Name of the machine',
  concurrency: 'Concurrency',
  seed: 'Seed of the random numbers',
  size_cell: 'Size of the large file',
  chunk_size: 'Chunk size',
  seek_count: 'Number of seeks',
  seekers: 'Processes that seek',
  files_cell: 'Number of files, in units of 1,024, with their sizes and directories',
  num_files: 'Number of files, in units of 1,024',
  max_size: 'Size of the largest file in bytes, or the kind of link',
  min_size: 'Size of the smallest file in bytes',
  num_dirs: 'Number of directories',
  unused: 'Always empty',
}

/** A layout as two tables: what the fields of the run are, and where each test has its numbers. Fields count from 1. */
function layoutView(fields: readonly string[]) {
  const number = (field: string) => (fields.includes(field) ? String(fields.indexOf(field) + 1) : null)
  const latency = fields.some((field) => field.endsWith('_latency'))
  const facts = Object.entries(FIELDS).flatMap(([field, what]) => {
    const at = number(field)
    return at === null ? [] : [{ at: Number(at), what }]
  })
  return {
    count: fields.length,
    latency,
    facts: facts.toSorted((a, b) => a.at - b.at),
    tests: METRICS.map(({ id, label }) => ({
      label: sentenceCase(label),
      cells: [number(id), number(`${id}_cpu`), ...(latency ? [number(`${id}_latency`)] : [])],
    })),
  }
}
