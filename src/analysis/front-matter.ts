import { z } from 'zod'
import { type Knowledge, TOPICS } from '../model/backend.ts'
import type { Level, Noted } from '../model/diagnostic.ts'
import type { DialectPage } from '../model/library.ts'
import { whereaboutsIn } from '../model/lines.ts'
import type { Facts, SiteFacts, StudyText } from '../model/study.ts'
import { sourceIds } from './grounds.ts'
import { type Complaint, diagnosticAt, get, readChecked, shown } from './schema-check.ts'
import { memoryMib } from './units.ts'
import type { Span } from './yaml.ts'

/*
 * YAML that people write: the front matter of study.md and of our own pages, and site.yaml. A fault costs the key
 * it is in and nothing else, and is reported at its line and column. The message of every schema below is the
 * phrase that follows "Expected".
 */

// ─── what may be said ───────────────────────────────────────────────────────────────────────────────────────────

const text = matching(/\S/, 'text')
const size = checked('a size such as 1 GiB', (s) => memoryMib(s) !== null)
const cacheSize = checked('a size such as 64 MiB, none or unknown', isCacheSize)
const url = checked('an address that begins with http:// or https://', isWebAddress)
const date = checked('a date such as 2010, 2010-06 or 2010-06-12', isDate)
const percent = matching(/^(?!0+(\.0+)?\s*%)\d{1,2}(\.\d+)?\s*%$/, 'a percentage such as 5 %')
const count = z.int('a whole number from 1 up').positive('a whole number from 1 up')
const flag = z.boolean('true or false')
const slug = matching(/^[a-z0-9][a-z0-9-]*$/, 'a name of small letters, digits and hyphens')
const glob = matching(/^[^/].{0,999}$/s, "a pattern of paths below the study's folder")

const disk = group({
  kind: oneOf('hdd', 'ssd', 'nvme', 'raid', 'unknown'),
  link: text,
  spindles: count,
  cache: cacheSize,
})
const host = group({ cpu: text, ram: size, hypervisor: text, kernel: text, dom0_ram: size, disk })
const guest = group({ ram: size, vcpus: count, kernel: text, filesystem: text, flags: text })
/** What may be said of one backend. */
export const backend = group({
  kind: text,
  title: text,
  attach: text,
  allocation: oneOf('sparse', 'preallocated', 'thin'),
  snapshot: flag,
  effective: text,
  aliases: list(text),
  files: z.union([glob, list(glob)], 'a pattern of paths or a list of them'),
  durable: flag,
})
/** What the front matter of study.md may say. */
export const facts = group({
  title: text,
  date,
  authors: list(text),
  source: url,
  licence: text,
  baseline: text,
  host,
  guest,
  command: text,
  order: oneOf('interleaved', 'blocked'),
  // a name alone, `lvm:`, is a backend of which nothing more is said
  backends: z.record(
    slug,
    z.preprocess((value) => value ?? {}, backend),
    'a group of backends such as { lvm: { … } }',
  ),
  caveats: list(text),
  accepted: list(
    z.strictObject({ file: text, rule: text, because: text }, inGroup('file', 'rule', 'because')),
  ),
  equivalence: group({ bulk: percent, seeks: percent, files: percent }),
  alias: z.record(text, text, 'a group of names such as { db17.example.com: host-a }'),
  status: oneOf('current', 'superseded', 'invalid'),
  reason: text,
}) satisfies z.ZodType<Facts>

/** What site.yaml may say. */
export const site = group({ title: text, url, author: text }) satisfies z.ZodType<SiteFacts>

const tristate = z.enum(['yes', 'no', 'unknown'])
const version = matching(/^\d+\.\d+$/, 'a version such as 4.6')
const sourced = { sources: z.array(text).min(1, 'at least one source') }
const statement = z.strictObject({ says: text, ...sourced })
const about = z.enum(TOPICS, `one of ${TOPICS.join(', ')}`)
const store = z.enum(['file', 'device'])
const knowledgePage = z.strictObject({
  title: text,
  control: z.boolean().exactOptional(),
  aliases: z.array(text),
  hypervisor: z.enum(['xen', 'kvm', 'any']),
  variantOf: slug.exactOptional(),
  underKvm: slug.exactOptional(),
  summary: text,
  path: text,
  store,
  caches: tristate,
  flush: tristate,
  firstWrite: z.enum(['in place', 'allocates', 'copies', 'unknown']),
  features: z.array(z.strictObject({ name: text, ...sourced })),
  options: z.array(
    z.strictObject({
      word: text,
      caches: tristate.exactOptional(),
      flush: tristate.exactOptional(),
      ...sourced,
    }),
  ),
  attach: z.array(text),
  toolstack: z.array(
    z.strictObject({
      tool: z.enum(['xm', 'xl']),
      from: version.exactOptional(),
      below: version.exactOptional(),
      prefix: text.exactOptional(),
      target: z.enum(['file', 'device', 'loop device', 'tap device']).exactOptional(),
      format: text.exactOptional(),
      backendtype: text.exactOptional(),
      where: text.exactOptional(),
      ...sourced,
    }),
  ),
  documented: z.array(z.strictObject({ about, says: text, ...sourced })),
  disputed: z.array(
    z.strictObject({ about, sides: z.array(statement).min(2, 'two sides that contradict each other') }),
  ),
  sources: z.record(text, z.strictObject({ title: text, url: url.exactOptional() })),
}) satisfies z.ZodType<Omit<Knowledge, 'id'>>

const dialectPage = z.strictObject({ title: text, summary: text })
const rulePage = z.strictObject({ title: text, level: z.enum(['error', 'warning', 'note']) })

function matching(pattern: RegExp, expected: string) {
  return z.string(expected).regex(pattern, expected)
}

function checked(expected: string, holds: (value: string) => boolean) {
  return z.string(expected).refine(holds, expected)
}

function oneOf<const T extends readonly string[]>(...words: T) {
  return z.enum(words, `one of ${words.join(', ')}`)
}

function list<T extends z.ZodType>(item: T) {
  return z.array(item, 'a list')
}

type Optional<T extends Record<string, z.ZodType>> = { [K in keyof T]: z.ZodExactOptional<T[K]> }

/** Keys of which none is required. */
function group<T extends Record<string, z.ZodType>>(shape: T) {
  const entries = Object.entries(shape).map(([key, schema]) => [key, schema.exactOptional()])
  return z.strictObject(Object.fromEntries(entries) as Optional<T>, inGroup(...Object.keys(shape)))
}

/** For an unknown key the message lists the known ones, as material for the remedy. */
function inGroup(...keys: readonly string[]) {
  const error = (issue: { readonly code?: string | undefined }) =>
    issue.code === 'unrecognized_keys' ? keys.join(' ') : `a group of keys such as { ${keys[0]}: … }`
  return { error }
}

function isCacheSize(value: string): boolean {
  return value === 'none' || value === 'unknown' || memoryMib(value) !== null
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s<>"]+$/i.test(value) && URL.canParse(value)
}

function isDate(value: string): boolean {
  const match = /^\d{4}(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(value)
  if (!match) return false
  const [, month, day = '01'] = match
  const leap = Number(value.slice(0, 4)) % 4 === 0
  const longest = month === '02' ? (leap ? 29 : 28) : ['04', '06', '09', '11'].includes(month ?? '') ? 30 : 31
  return Number(day) <= longest
}

// ─── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Takes study.md apart. A file without front matter is all prose; places are in `study.md`. */
export function readStudyText(text: string): Noted<StudyText> {
  const { yaml, body, bodyLine } = split(text)
  if (yaml) {
    const { value, diagnostics } = readChecked(facts, 'study.md', text, yaml, sharedNames)
    return { value: { facts: value, prose: body, proseLine: bodyLine }, diagnostics }
  }
  const value = { facts: {}, prose: body, proseLine: bodyLine }
  const isOpened = OPENING.test(text)
  if (!isOpened && !beginsWithFacts(text)) return { value, diagnostics: [] }
  const [done, where] = isOpened ? ['closed', 'below the last fact'] : ['opened', 'above the first fact']
  const fault = { span: [0, 3] as const, message: `The front matter is not ${done} by a line "---".` }
  const remedy = `Add the line "---" ${where}.`
  const page = { file: 'study.md', text, whereabouts: whereaboutsIn(text) }
  return { value, diagnostics: [diagnosticAt('front-matter', page, { ...fault, remedy })] }
}

/** Reads site.yaml; places are in `site.yaml`. */
export function readSiteText(text: string): Noted<SiteFacts> {
  return readChecked(site, 'site.yaml', text, [0, text.length])
}

/** Reads one of templates/backends/: a page of ours, so a defect in it is our bug and is thrown. */
export function readKnowledge(path: string, text: string): { knowledge: Knowledge; body: string } {
  const { value, body } = readOurs(knowledgePage, path, text)
  const knowledge = { id: nameOf(path), ...value }
  const unsourced = sourceIds(knowledge, body).filter((id) => !Object.hasOwn(value.sources, id))
  if (unsourced.length > 0) throw new Error(`${path}: no source is called ${unsourced.join(', ')}`)
  return { knowledge, body }
}

/** Reads one of templates/rules/: what a rule in brackets means. A defect is our bug and is thrown. */
export function readRulePage(
  path: string,
  text: string,
): { rule: string; title: string; level: Level; body: string } {
  const { value, body } = readOurs(rulePage, path, text)
  return { rule: nameOf(path), ...value, body }
}

/** Reads one of templates/dialects/: the words about a way of printing. A defect is our bug and is thrown. */
export function readDialectPage(path: string, text: string): DialectPage {
  const { value, body } = readOurs(dialectPage, path, text)
  return { slug: nameOf(path), ...value, body }
}

/** A fact on the first line, and the line that ends facts further down: only the line that begins them is missing. */
function beginsWithFacts(text: string): boolean {
  const key = /^\uFEFF?([a-z]+):(?=\s)/.exec(text)?.[1] ?? ''
  return Object.hasOwn(facts.shape, key) && /^---[ \t]*$/m.test(text)
}

const OPENING = /^---[ \t]*(?:\r?\n|$)/

/** The stretch between the `---` lines (null where it is missing or not closed) and what follows. */
export function split(text: string): { yaml: Span | null; body: string; bodyLine: number } {
  const opening = OPENING.exec(text)
  const closing = opening && /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(opening[0].length))
  if (!opening || !closing) return { yaml: null, body: text, bodyLine: 1 }
  const start = opening[0].length
  const end = start + closing.index
  const bodyStart = end + closing[0].length
  const bodyLine = whereaboutsIn(text)(bodyStart).line + 1
  return { yaml: [start, end], body: text.slice(bodyStart), bodyLine }
}

function readOurs<T>(schema: z.ZodType<T>, path: string, text: string): { value: T; body: string } {
  const { yaml, body } = split(text)
  if (!yaml) throw new Error(`${path}: the page does not begin with front matter`)
  const { value, diagnostics } = readChecked(schema, path, text, yaml)
  const [first] = diagnostics
  if (first) throw new Error(`${path}:${first.place.line}:${first.place.column}: ${first.message}`)
  return { value, body }
}

/** A name may lead to one backend only. */
function sharedNames(value: unknown): readonly Complaint[] {
  const backends = get(value, ['backends'])
  if (typeof backends !== 'object' || backends === null) return []
  const owner = new Map(Object.keys(backends).map((id) => [id.toLowerCase(), id]))
  return Object.keys(backends).flatMap((id) => {
    const aliases = get(backends, [id, 'aliases'])
    return (Array.isArray(aliases) ? aliases : []).flatMap((alias, i): Complaint[] => {
      if (typeof alias !== 'string') return []
      const name = alias.toLowerCase()
      const other = owner.get(name) ?? id
      owner.set(name, other)
      if (other === id) return []
      return [
        {
          path: ['backends', id, 'aliases', i],
          message: `${shown(alias)} names the backend "${other}" already.`,
        },
      ]
    })
  })
}

function nameOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.md$/, '')
}
