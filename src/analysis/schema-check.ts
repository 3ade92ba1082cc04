import { byPlace, compareNatural, type Diagnostic, type Noted, type Place } from '../model/diagnostic.ts'
import { type Whereabouts, whereaboutsIn } from '../model/lines.ts'
import { nearest } from './nearest.ts'
import { type Fault, type Path, readYaml, type Span, type Tree } from './yaml.ts'

/*
 * YAML held against a schema: every fault at its line and column, and everything else read all the same. The
 * message of a schema is the phrase that follows "Expected"; that of a group with an unknown key lists the known.
 */

/** What is used of a zod schema. */
export interface Schema<T> {
  safeParse(value: unknown): Result<T>
}

type Result<T> =
  | { readonly success: true; readonly data: T; readonly error?: undefined }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }

interface Issue {
  readonly code?: string | undefined
  readonly path: Path
  readonly message: string
  /** of `unrecognized_keys` */
  readonly keys?: readonly string[]
  /** of `invalid_type` */
  readonly expected?: string
  /** of `invalid_key`: what is wrong with it */
  readonly issues?: readonly { readonly message: string }[]
}

/** A fault that no schema can see. */
export interface Complaint {
  readonly path: Path
  readonly message: string
}

/** Reads YAML against a schema: what is at fault is reported and taken out until the rest holds. */
export function readChecked<T>(
  schema: Schema<T>,
  file: string,
  text: string,
  span: Span,
  check: (value: unknown) => readonly Complaint[] = () => [],
): Noted<T> {
  const tree = readYaml(text, span)
  const page: Page = { file, text, whereabouts: whereaboutsIn(text) }
  let value = asWritten(schema, tree)
  const shared = check(value)
  let result = schema.safeParse(value)
  const diagnostics = [
    ...tree.faults.map((fault) => diagnosticAt('front-matter', page, fault)),
    ...shared.map(({ path, message }) => {
      return diagnosticAt('front-matter', page, { span: spanOf(tree, path), message })
    }),
    ...(result.error?.issues ?? []).flatMap((issue) => explain(issue, value, page, tree)),
  ]
  value = without(value, [...shared.map((s) => s.path), ...culprits(result, value)])
  result = schema.safeParse(value)
  // an entry that has lost a key it cannot do without is lost as well; its fault has been told
  while (!result.success) {
    const lost = culprits(result, value)
    if (lost.some((path) => path.length === 0)) throw defect(file, diagnostics)
    value = without(value, lost)
    result = schema.safeParse(value)
  }
  return { value: result.data, diagnostics: diagnostics.sort(byPlace) }
}

/** Only pages of ours have keys that must be there. */
function defect(file: string, [first]: readonly Diagnostic[]): Error {
  const place = first ? `:${first.place.line}:${first.place.column}` : ''
  return new Error(`${file}${place}: ${first?.message ?? 'the page does not fit its schema'}`)
}

/**
 * The value with numbers as they were written wherever text is expected (`date: 2010`, `kernel: 5.10`) and without
 * keys that were left empty.
 */
function asWritten(schema: Schema<unknown>, tree: Tree): unknown {
  const value = structuredClone(tree.value)
  for (const { code, expected, path } of schema.safeParse(value).error?.issues ?? []) {
    const parent = get(value, path.slice(0, -1))
    const last = path.at(-1)
    if (typeof parent !== 'object' || parent === null || last === undefined) continue
    const got = get(value, path)
    const written = typeof got === 'number' ? tree.written(path) : null
    if (got === null && !Array.isArray(parent)) Reflect.deleteProperty(parent, last)
    if (code === 'invalid_type' && expected === 'string' && written !== null)
      Reflect.set(parent, last, written)
  }
  return value
}

function explain(issue: Issue, value: unknown, page: Page, tree: Tree): readonly Diagnostic[] {
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => {
      const span = spanOf(tree, [...issue.path, key], 'key')
      const where = page.file === 'site.yaml' ? page.file : 'the front matter'
      const message = `Unknown key ${shown(key)} in ${where}.`
      return diagnosticAt('unknown-key', page, {
        span,
        message,
        remedy: didYouMean(key, issue.message.split(' ')),
      })
    })
  }
  const key = String(issue.path.at(-1))
  const isKey = issue.code === 'invalid_key'
  const got = isKey ? key : get(value, issue.path)
  const expected = isKey ? issue.issues?.[0]?.message : issue.message
  const missing = `The key "${key}" is missing here.`
  const message = got === undefined ? missing : `Expected ${expected}, got ${shown(got)}.`
  const span = spanOf(tree, issue.path, isKey ? 'key' : 'value')
  return [diagnosticAt('front-matter', page, { span, message })]
}

function didYouMean(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  return near ? `Did you mean "${near}"?` : `Known here: ${known.join(', ')}.`
}

/** The paths to take out: of what is missing, the entry that lacks it. */
function culprits(result: Result<unknown>, value: unknown): readonly Path[] {
  return (result.error?.issues ?? []).flatMap((issue): Path[] => {
    if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => [...issue.path, key])
    return [get(value, issue.path) === undefined ? issue.path.slice(0, -1) : issue.path]
  })
}

function without(value: unknown, paths: readonly Path[]): unknown {
  const rest = structuredClone(value)
  const different = new Map(paths.map((path) => [path.join('\0'), path]))
  // the last entry of a list first, so that the places of the others stay
  const ordered = [...different.values()].sort((a, b) => compareNatural(b.join('\0'), a.join('\0')))
  for (const path of ordered) {
    const parent = get(rest, path.slice(0, -1))
    const last = path.at(-1)
    if (Array.isArray(parent)) parent.splice(Number(last), 1)
    else if (parent && last !== undefined) Reflect.deleteProperty(parent, last)
  }
  return rest
}

/** The value at the end of a path of own keys, or undefined. */
export function get(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => {
    return typeof at === 'object' && at !== null && Object.hasOwn(at, step)
      ? Reflect.get(at, step)
      : undefined
  }, value)
}

// ─── places ─────────────────────────────────────────────────────────────────────────────────────────────────────

function spanOf(tree: Tree, path: Path, which: 'key' | 'value' = 'value'): Span {
  return tree.span(path, which) ?? (path.length > 0 ? spanOf(tree, path.slice(0, -1)) : [0, 0])
}

/** A text that faults are placed in. */
export interface Page {
  readonly file: string
  readonly text: string
  readonly whereabouts: Whereabouts
}

/** A fault as an error at its place. */
export function diagnosticAt(rule: string, page: Page, fault: Fault): Diagnostic {
  const { text } = page
  const { span, message, remedy } = fault
  const at = placeIn(page, span[0])
  const line = text.slice(span[0] - at.column + 1, page.whereabouts(span[0]).end).replace(/\r$/, '')
  const length = Math.max(1, Math.min(span[1] - span[0], line.length - at.column + 1))
  return {
    level: 'error',
    rule,
    message,
    place: at,
    excerpt: { text: line, length },
    ...(remedy && { remedy }),
  }
}

/** The place of an offset in a text. */
export function placeIn({ file, whereabouts }: Pick<Page, 'file' | 'whereabouts'>, offset: number): Place {
  const { line, column } = whereabouts(offset)
  return { file, line: line + 1, column: column + 1 }
}

/** A value as a message quotes it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'nothing'
  if (typeof value === 'object') return 'a group of keys'
  if (typeof value !== 'string') return String(value)
  return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`
}
