/** SHELF: known defects of the converters bon_csv2txt and bon_csv2html, and of Bonnie before bonnie++. */
import { ceilingOf } from './bounds.ts'
import { type Erratum, LATE, NAMED } from './erratum.ts'
import { csvToken, rateToken, startOf } from './printout.ts'

export const ERRATA_OF_OTHERS: readonly Erratum[] = [
  {
    id: 'BON-007',
    sentence: 'bon_csv2txt of 1.98 and later prints 0k in place of +++++ in the five tests of one file.',
    treatment: 'A 0k beside +++ is read as +++++, a lower bound.',
    versions: LATE,
    forms: ['converted'],
    source: 'a run of bon_csv2txt 2.00a',
    shows: ({ text }) => rateToken(text, (rate, cpu) => rate === '0k' && cpu === '+++'),
  },
  {
    id: 'BON-008',
    sentence:
      'The third part of a size means the number of seeks to bon_csv2txt, and the concurrency to bonnie++ itself.',
    treatment: 'The two tables are told apart by their layout, and the part is read as its printer means it.',
    versions: LATE,
    forms: ['converted'],
    source: 'runs of bonnie++ and bon_csv2txt 2.00a',
    shows: ({ text }) =>
      text?.dialect.namesFiles && text.facts.seek_count !== null ? startOf({ text, csv: null }) : null,
  },
  {
    id: 'BON-010',
    sentence: 'bon_csv2html 2.00 heads five columns M/sec, but leaves both per-character tests in KiB/s.',
    treatment: 'The per-character tests are read as KiB/s, the other three as MiB/s.',
    versions: LATE,
    forms: ['page'],
    source: 'a run of bon_csv2html 2.00a',
    shows: ({ csv }) =>
      csv?.dialect.blocks === 'mib' ? (csvToken(csv, 'putc') ?? csvToken(csv, 'getc')) : null,
  },
  {
    id: 'BON-011',
    sentence: 'bon_csv2html 2.00 prints 0 for a block rate that was +++++ or not measured.',
    treatment: 'The CPU beside tells which it was: +++ makes it a lower bound, nothing makes it not run.',
    versions: LATE,
    forms: ['page'],
    source: 'a run of bon_csv2html 2.00a',
    shows: ({ csv, cells }) => {
      const blocks = ['put_block', 'rewrite', 'get_block'] as const
      const mended =
        csv?.dialect.blocks === 'mib' && blocks.find((id) => /at_least|not_run/.test(cells[id].state))
      return mended ? (csv?.tokens.get(mended) ?? null) : null
    },
  },
  {
    id: 'BON-022',
    sentence: 'bon_csv2html and bon_csv2txt leave out the rows of every format but their own.',
    treatment: 'What they left out is not in their output; give the CSV lines themselves.',
    versions: NAMED,
    forms: ['converted', 'page'],
    source: 'bon_csv2html.cpp and bon_csv2txt of 1.97.3 and 2.00a',
  },
  {
    id: 'BON-023',
    sentence: 'Bonnie-64 cuts its sizes to units of 1,000 MiB, so a 1 is anything from 1,000 to 1,999 MiB.',
    treatment: 'The size is taken for the least that it can be.',
    versions: null,
    forms: ['text'],
    only: 'Bonnie-64 text',
    source: 'Bonnie.c of timbray/Bonnie-64',
    shows: ({ text, csv }) => (text?.dialect.bareMib === 1000 ? startOf({ text, csv }) : null),
  },
  {
    id: 'BON-024',
    sentence: 'Bonnie prints a rate for a test of any length, even one of a few milliseconds.',
    treatment: 'The rate is kept as printed; one from less than half a second is noted.',
    versions: null,
    forms: ['text'],
    source: 'Bonnie.c of timbray/Bonnie-64; saved outputs of Bonnie',
    shows: ({ text, cells, facts }) => {
      if (text?.dialect.versions !== null) return null
      const work = { ...facts, version: null, seek_count: 4000 }
      return rateToken(
        text,
        (_rate, _cpu, id) => (cells[id].rate ?? 0) > (ceilingOf(id, work) ?? Number.POSITIVE_INFINITY),
      )
    },
  },
]
