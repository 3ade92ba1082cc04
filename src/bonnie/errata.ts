/**
 * SHELF: known defects of bonnie++ that spoil or hide what was measured. To add one, add a row and its page,
 * templates/rules/bon-….md. Rows with none of `spoils`, `shows` and `told` leave no trace in what is printed.
 */
import { compareText } from '../model/diagnostic.ts'
import { type MetricId, metric } from '../model/metric.ts'
import { workOf } from './bounds.ts'
import { ERRATA_OF_OTHERS } from './errata-others.ts'
import { type Erratum, LATE, NAMED, type Suspect } from './erratum.ts'
import { beside, charAt, csvToken, headerAbove, type Printout, rateToken, startOf } from './printout.ts'
import type { Token } from './token.ts'
import { isBetween } from './version.ts'

const OWN: readonly Erratum[] = [
  {
    // bon_time.cpp prints a double through %5d. On x86-64 that shows an integer left over from another argument,
    // files x 1,024; other processors may show anything, so every such number is distrusted. Where the version was lost, that one is.
    id: 'BON-001',
    sentence:
      'The text table of bonnie++ 1.98 and later prints n × 1,024 in place of the rate of a file test.',
    treatment:
      'The printed number is kept but not used; the rate is taken from the CSV line where there is one.',
    versions: LATE,
    forms: ['text'],
    source: 'bon_time.cpp of 2.00a; runs of 2.00a',
    spoils: ({ form, metric: id, rate, facts: { version, num_files: files } }) =>
      form === 'text' &&
      metric(id).family === 'files' &&
      (version === null
        ? rate !== null && files !== null && rate === files * 1024
        : isBetween(version, LATE.from, LATE.below)),
  },
  {
    id: 'BON-002',
    sentence: 'The header above the CSV rows names two fields fewer than the rows have.',
    treatment: 'Fields are told by the format that the row itself names, never by the header.',
    versions: { from: '1.92b', below: '3.00' },
    forms: ['csv'],
    source: 'bon_time.cpp of 1.93c (46 names, 48 fields); a run of 2.00a (48 names, 50 fields)',
    shows: ({ csv }, page) => {
      const names = csv ? headerAbove(page, csv.line) : null
      return names && names.length !== csv?.dialect.fields.length ? (names[0] ?? null) : null
    },
  },
  {
    id: 'BON-003',
    sentence:
      'The number of directories stands in the field that the header calls file_chunk_size, and num_dirs is always empty.',
    treatment: 'The number of directories is read where it stands.',
    versions: NAMED,
    forms: ['csv', 'page'],
    source: 'bonnie++.cpp and bon_time.cpp of 1.97.3 and 2.00a; runs of 2.00a',
    shows: ({ csv }) => csvToken(csv, 'num_dirs'),
  },
  {
    id: 'BON-004',
    sentence: 'The CSV line of bonnie++ 1.98 and later leaves io_chunk_size empty, whatever it was.',
    treatment:
      'The chunk size is taken from the text table; without one, runs are compared as if it were the usual 8 KiB.',
    versions: LATE,
    forms: ['csv', 'converted', 'page'],
    source: 'bon_time.cpp of 2.00a; runs of 2.00a with a chunk size of 64k',
    shows: ({ text, csv }) =>
      text?.facts.chunk_size && !csvToken(csv, 'chunk_size') ? csvToken(csv, 'size_cell') : null,
  },
  {
    id: 'BON-005',
    sentence:
      'Without the tests of the large file the CSV line is one comma short, so every field from num_files on is misplaced.',
    treatment: 'Such a line is told by its 47 fields and read as it was meant.',
    versions: { from: '1.92b', below: '1.97' },
    forms: ['csv'],
    source: 'Debian bug 660564; a saved output of 1.96',
    shows: ({ csv }) => (csv?.dialect.withoutIo ? startOf({ text: null, csv }) : null),
  },
  {
    id: 'BON-006',
    sentence: 'A comma in the machine name is not quoted, so that it looks like the end of a field.',
    treatment: 'Fields are counted from both ends, and what is left over is the name.',
    versions: { from: '1.00', below: '3.00' },
    forms: ['csv'],
    source: 'runs of 1.03e, 1.97.3 and 2.00a with a comma in the name',
    told: 'comma-in-name',
  },
  {
    id: 'BON-009',
    sentence: 'A long size cell of 1.98 and later takes the place of the machine name.',
    treatment: 'The name is taken from the CSV line or from the second table; else it stays empty.',
    versions: LATE,
    forms: ['text', 'converted'],
    source: 'runs of bonnie++ and bon_csv2txt 2.00a',
    shows: ({ text }) => {
      const parts = text && [text.facts.chunk_size, text.facts.seek_count, text.facts.seekers]
      const long = text?.dialect.bulk === 'scaled' && parts?.some((part) => part !== null)
      return long && text.facts.name === '' ? startOf({ text, csv: null }) : null
    },
  },
  {
    id: 'BON-012',
    sentence: 'The concurrency is printed, but nothing is run side by side.',
    treatment: 'The number is recorded as printed, and no conclusion uses it.',
    versions: { from: '1.92b', below: '3.00' },
    forms: ['text', 'csv', 'page'],
    source: 'bonnie++.cpp, bon_io.cpp and bon_file.cpp of 1.96, 1.97.3 and 2.00a',
    shows: ({ text, csv, facts }) =>
      (facts.concurrency ?? 1) > 1 ? (csvToken(csv, 'concurrency') ?? startOf({ text, csv })) : null,
  },
  {
    // file_size x 1024 and files x 1024 are ints: from 2^31 on they wrap, to a negative number, to zero, or to a
    // positive one that nothing betrays
    id: 'BON-013',
    sentence:
      'The rate of a file of 2 TiB or more is computed from a number that overflowed, so it is negative, zero or too small.',
    treatment: 'The printed number is kept but not used, also where it looks like a rate.',
    warns: true,
    versions: NAMED,
    forms: ['text', 'csv', 'converted', 'page'],
    source: 'bon_time.cpp of 1.90 and later; the instructions of 2.00a as Debian compiled them',
    spoils: ({ metric: id, printed, facts }) => {
      const negative = /^-\d+k?$/.test(printed)
      if (facts.version === null) return negative
      const large = Math.max(facts.file_size_mib ?? 0, facts.num_files ?? 0) >= 2 ** 21
      if (!(negative || large) || metric(id).family === 'seeks') return false
      return (
        isBetween(facts.version, NAMED.from, NAMED.below) && (negative || (workOf(id, facts) ?? 0) >= 2 ** 31)
      )
    },
  },
  {
    id: 'BON-014',
    sentence: 'bonnie++ 1.00 to 1.00b print a CPU beside +++++, measured over a time too short for a rate.',
    treatment: 'The CPU is not used; the rate is a lower bound as ever.',
    versions: { from: '1.00', below: '1.00c' },
    forms: ['text', 'csv'],
    source: 'bon_time.cpp of 1.00b; changelog of 1.00c',
    shows: ({ text, csv, cells }) => {
      const real = (_rate: string, cpu: string, id: MetricId) =>
        cells[id].state === 'at_least' && /^\d+$/.test(cpu)
      return rateToken(csv, real) ?? rateToken(text, real)
    },
  },
  {
    id: 'BON-015',
    sentence: 'bonnie++ 1.00 may print a blank before the seeks of its CSV line.',
    treatment: 'Blanks around a field do not count.',
    versions: { from: '1.00', below: '1.00c' },
    forms: ['csv'],
    source: 'bon_time.cpp of 1.00',
    shows: ({ csv }, page) => {
      const seeks = csv?.dialect.formats === null ? csvToken(csv, 'seeks') : null
      const before = csvToken(csv, 'get_block_cpu')
      return seeks && before && charAt(page, seeks, -1) === ' ' && charAt(page, before, -1) === ','
        ? seeks
        : null
    },
  },
  {
    id: 'BON-016',
    sentence: 'bonnie++ 1.90f reports 0 seeks a second, whatever it measured.',
    treatment: 'The 0 is kept but not used.',
    versions: { from: '1.90f', below: '1.90g' },
    forms: ['text', 'csv'],
    source: 'changelog of 1.90g',
    spoils: ({ metric: id, rate, facts }) => id === 'seeks' && facts.version === '1.90f' && rate === 0,
  },
  {
    id: 'BON-017',
    sentence: 'bonnie++ 1.90 to 1.93a add five seconds to the time of the seeks, so their rate is too low.',
    treatment: 'The rate is kept, and never compared with that of another version.',
    versions: { from: '1.90', below: '1.93b' },
    forms: ['text', 'csv', 'page'],
    source: 'changelog of 1.93b',
    shows: (printout) => seeksOf(printout, '1.90', '1.93b'),
  },
  {
    id: 'BON-018',
    sentence: 'bonnie++ 1.00 to 1.00e time the seeks wrongly.',
    treatment: 'The rate is kept, and never compared with that of another version.',
    versions: { from: '1.00', below: '1.00f' },
    forms: ['text', 'csv'],
    source: 'changelog of 1.00f',
    shows: (printout) => seeksOf(printout, '1.00', '1.00f'),
  },
  {
    id: 'BON-019',
    sentence:
      'A test of links that is asked for by name, as in 1:link, is taken for 1:0 and tests empty files.',
    treatment: 'The record says what was tested, which are files unless the output itself says links.',
    versions: { from: '1.00', below: '3.00' },
    forms: ['text', 'csv'],
    source: 'bonnie++.cpp of 1.01c (sscanf) and 1.97.3 (size_from_str); runs of 2.00a',
  },
  {
    id: 'BON-020',
    sentence: 'Before 1.97.3 the tests of symbolic links were broken.',
    treatment: 'The rates are kept as printed: 1.97.3 calls itself 1.97 too, so the output cannot tell.',
    versions: { from: '1.90', below: '1.98' },
    forms: ['text', 'csv'],
    source: 'Debian bug 823882; changelog of 1.97.3',
    shows: ({ text, csv, facts }) =>
      facts.file_kind === 'symlink' && facts.version !== null && isBetween(facts.version, '1.90', '1.98')
        ? (csvToken(csv, 'max_size') ?? startOf({ text, csv }))
        : null,
  },
  {
    id: 'BON-021',
    sentence: 'Where the chunk size of small files is set, bonnie++ writes into memory it has freed.',
    treatment: 'A table without its CSV line is read by itself.',
    versions: { from: '1.97', below: '3.00' },
    forms: ['text', 'csv'],
    source: 'bonnie++.cpp of 1.97.3; seven runs of 2.00a, of which four ended before the CSV line',
  },
  {
    id: 'BON-025',
    sentence: 'The size of the per-character tests can be set, and is printed nowhere.',
    treatment: 'It is taken for the 3 MiB of the version, also for the lower bound of a +++++.',
    versions: { from: '1.92', below: '3.00' },
    forms: ['text', 'csv', 'converted', 'page'],
    source: 'bonnie++.cpp and bon_time.cpp of 1.97.3 and 2.00a',
  },
]

/** All of them, by number. */
export const ERRATA: readonly Erratum[] = [...OWN, ...ERRATA_OF_OTHERS].toSorted((a, b) =>
  compareText(a.id, b.id),
)

/** The seeks of a run of some versions, if it has any. */
function seeksOf({ text, csv, facts, cells }: Printout, from: string, below: string): Token | null {
  const { version } = facts
  // a row of 1.00 to 1.00e without a version is told by its sizes
  const early = below === '1.00f' && version === null && csv?.dialect.bareMib === 1
  if (!early && (version === null || !isBetween(version, from, below))) return null
  if (cells.seeks.state !== 'measured' && cells.seeks.state !== 'at_least') return null
  return beside(csv, 'seeks') ?? beside(text, 'seeks')
}

const SPOILERS = ERRATA.filter(({ spoils }) => spoils)

/** The defect that spoils a printed rate, if any. */
export function erratumOf(suspect: Suspect): Erratum | null {
  return SPOILERS.find((erratum) => erratum.spoils?.(suspect)) ?? null
}
