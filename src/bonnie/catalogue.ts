/** The shelves as plain data, for the pages that tell of them. */
import type { DefectFacts, DialectFacts, Versions } from '../model/shelf.ts'
import { CSV_DIALECTS } from './csv-dialects.ts'
import { type Heading, TEXT_DIALECTS, type TextDialect, UNREAD } from './dialects.ts'
import { ERRATA } from './errata.ts'
import type { Form } from './erratum.ts'
import { compareVersions } from './version.ts'

/** All dialects in reading order: tables, CSV rows, what the converters make, and what is refused. Each name once. */
export function dialectFacts(): DialectFacts[] {
  const all = [
    ...TEXT_DIALECTS.map(tableFacts),
    ...csvFacts(),
    ...CONVERTERS.map(({ name, form }) => ({
      ...BARE,
      slug: slugOf(name),
      name,
      kind: 'converter' as const,
      versions: EVERY,
      defects: defectsOf(form, EVERY, name),
    })),
    ...UNREAD.map(({ program }) => ({
      ...BARE,
      slug: slugOf(program),
      name: program,
      kind: 'refused' as const,
      versions: null,
      defects: [],
    })),
  ]
  return all.filter(({ slug }, i) => all.findIndex((other) => other.slug === slug) === i)
}

/** All known upstream defects, by number. */
export function defectFacts(): DefectFacts[] {
  return ERRATA.map(({ id, sentence, treatment, versions, forms, source }) => {
    return { rule: id.toLowerCase(), sentence, treatment, versions, forms, source }
  })
}

const EVERY: Versions = { from: '1.00', below: '3.00' }
const BARE = { headings: [], notation: null, layouts: [] }
const CONVERTERS = [
  { name: 'bon_csv2txt', form: 'converted' },
  { name: 'bon_csv2html', form: 'page' },
] as const

function tableFacts(dialect: TextDialect): DialectFacts {
  const { bulk, cpu, latency, bareMib, sizeParts, versions } = dialect
  const name = familyOf(dialect.name)
  const kin = TEXT_DIALECTS.filter((other) => familyOf(other.name) === name)
  const headings = [...kin.map(({ io }) => io), ...(dialect.files ? [dialect.files] : [])].map(linesOf)
  const [files, censors] = [dialect.files !== null, versions !== null]
  return {
    slug: slugOf(name),
    name,
    kind: 'table',
    versions,
    headings,
    notation: { bulk, cpu, latency, files, censors, bareMib, sizeParts },
    layouts: [],
    defects: defectsOf('text', versions, name),
  }
}

/** `SuSE Bonnie text, sync` is of the family `SuSE Bonnie text`. */
function familyOf(name: string): string {
  return name.split(',', 1)[0] ?? name
}

function linesOf({ tops, middles, labels, columns }: Heading): string[] {
  return [tops[0] ?? '', middles[0] ?? '', `${labels[0] ?? ''} ${columns}`]
}

function csvFacts(): DialectFacts[] {
  return CSV_DIALECTS.map(({ name, formats, bareMib }) => {
    // rows of 1.0x do not name their format; those of 1.00 to 1.00e are told by their sizes
    const versions =
      formats ?? (bareMib === null ? { from: '1.00f', below: '1.90' } : { from: '1.00', below: '1.00f' })
    const layouts = CSV_DIALECTS.filter((other) => other.name === name).map(({ fields }) => fields)
    const defects = defectsOf('csv', versions, name)
    return { ...BARE, slug: slugOf(name), name, kind: 'csv', versions, layouts, defects }
  })
}

/** Rules of the defects that show in a form and in some of its versions. */
function defectsOf(form: Form, versions: Versions | null, name: string): string[] {
  const concerns = (own: Versions | null) =>
    own === null || versions === null
      ? own === versions
      : compareVersions(own.from, versions.below) < 0 && compareVersions(versions.from, own.below) < 0
  return ERRATA.filter(
    (erratum) =>
      erratum.forms.includes(form) && concerns(erratum.versions) && (erratum.only ?? name) === name,
  ).map(({ id }) => id.toLowerCase())
}

/** A name as an address: `bonnie++ 1.0x text` is `bonnie-1-0x-text`. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
