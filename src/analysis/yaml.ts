import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml'

/*
 * YAML as data with places, and less of it than the standard allows: no aliases (so no bombs), no merges, no tags.
 * Everything that can be read beside a fault is read.
 */

/** A stretch of the file's text, as offsets. */
export type Span = readonly [from: number, to: number]
export type Path = readonly PropertyKey[]

/** A document: plain values, and where each was written. */
export interface Tree {
  readonly value: unknown
  readonly faults: readonly Fault[]
  /** the key at the end of the path, or the whole value; null where the document has neither */
  span(path: Path, which: 'key' | 'value'): Span | null
  /** a scalar exactly as written, such as the `5.10` that is no 5.1 */
  written(path: Path): string | null
}

export interface Fault {
  readonly span: Span
  readonly message: string
  readonly remedy?: string
}

const PLAIN_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/

/** Reads the YAML between two offsets of a text. */
export function readYaml(text: string, [start, end]: Span): Tree {
  const faults: Fault[] = []
  const fault = (span: Span, message: string, remedy?: string) => {
    faults.push({ span: [span[0] + start, span[1] + start], message, ...(remedy && { remedy }) })
  }
  const root = parse(text.slice(start, end), fault)
  const find = finder(root)
  const value = root ? plain(root, fault) : {}
  const move = (span: Span | null): Span | null => span && [span[0] + start, span[1] + start]
  return {
    value: value ?? {},
    faults,
    span: (path, which) => move(spanOf(find(path), which)),
    written: (path) => {
      const node = find(path)?.value
      return isScalar(node) ? (node.source ?? null) : null
    },
  }
}

// keys that are written twice are found in `plainMap`: the parser compares each key with all above it
const OPTIONS = {
  stringKeys: true,
  prettyErrors: false,
  merge: false,
  schema: 'core',
  uniqueKeys: false,
} as const

type Note = (span: Span, message: string, remedy?: string) => void

/** The top of the document without what a syntax error has made doubtful. */
function parse(yaml: string, fault: Note): YAMLMap | null {
  const document = parseDocument(yaml, OPTIONS)
  // thousands of opening brackets exhaust the parser's stack
  if (document.errors.some((e) => e.message.includes('call stack'))) {
    fault([0, 1], 'The nesting is too deep to be read.')
    return null
  }
  const [error] = document.errors
  const { contents } = document
  if (isMap(contents)) return error ? beforeError(contents, error, fault) : contents
  if (error) fault(error.pos, sentence(error))
  else if (contents && !(isScalar(contents) && contents.value === null)) {
    fault(extent(contents), 'Expected keys and values, such as "title: …".')
  }
  return null
}

/** The keys above a syntax error, without the last, which the error may have spoilt. */
function beforeError(map: YAMLMap, error: YAMLError, fault: Note): YAMLMap {
  const above = map.items.filter((pair) => extent(pair.key)[0] < error.pos[0])
  const spoilt = above.pop()
  // what is never closed is missed at the end of the file: the place to mend is where it was opened
  const isOpen = error.code === 'MISSING_CHAR' && isNode(spoilt?.value)
  fault(
    isOpen ? extent(spoilt.value) : error.pos,
    sentence(error),
    'Nothing below is read until this is mended.',
  )
  map.items = above
  return map
}

function sentence(error: YAMLError): string {
  if (error.code === 'MULTIPLE_DOCS') return 'A line "---" begins a second document, which is not read.'
  const said = error.message.split('\n')[0]?.replace(/\.$/, '') ?? error.code
  return `This is not YAML: ${said.charAt(0).toLowerCase()}${said.slice(1)}.`
}

/** A node as plain data; undefined where there is nothing to be had. */
function plain(node: unknown, fault: Note): unknown {
  if (isAlias(node)) {
    fault(extent(node), `The alias *${node.source} is not read here.`, 'Write the value out.')
    return undefined
  }
  const tag = (node as Node | null)?.tag
  if (tag !== undefined && !PLAIN_TAG.test(tag)) {
    fault(extent(node), `The tag ${tag} is not read here.`, 'Write a plain value.')
    return undefined
  }
  if (isScalar(node)) return node.value
  if (isSeq(node)) return node.items.map((item) => plain(item, fault))
  return isMap(node) ? plainMap(node, fault) : null
}

function plainMap(map: YAMLMap, fault: Note): unknown {
  const entries = new Map<string, unknown>()
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : ''
    if (key === '__proto__') fault(extent(pair.key), 'The key "__proto__" is not read here.')
    else if (entries.has(key))
      fault(extent(pair.key), 'This key is written twice.', 'The first counts: take one of them out.')
    else {
      const value = plain(pair.value, fault)
      if (value !== undefined) entries.set(key, value)
    }
  }
  return Object.fromEntries(entries)
}

function spanOf(found: Found | null, which: 'key' | 'value'): Span | null {
  if (!found) return null
  return extent(which === 'key' ? (found.key ?? found.value) : (found.value ?? found.key))
}

interface Found {
  readonly key?: unknown
  readonly value: unknown
}

/** Follows paths from the top. The keys of a group are gone through once, however many of them are asked for. */
function finder(root: unknown): (path: Path) => Found | null {
  const known = new Map<YAMLMap, ReadonlyMap<string, Found>>()
  const childOf = (node: unknown, step: PropertyKey): Found | null => {
    if (isSeq(node)) return Number(step) < node.items.length ? { value: node.items[Number(step)] } : null
    if (!isMap(node)) return null
    const pairs = known.get(node) ?? pairsByKey(node)
    known.set(node, pairs)
    return pairs.get(String(step)) ?? null
  }
  return (path) => path.reduce<Found | null>((at, step) => at && childOf(at.value, step), { value: root })
}

/** Of keys that are written twice the first. */
function pairsByKey({ items }: YAMLMap): ReadonlyMap<string, Found> {
  const scalars = items.flatMap((pair) =>
    isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [],
  )
  return new Map(scalars.reverse())
}

function extent(node: unknown): Span {
  const range = (node as Node | null)?.range
  return range ? [range[0], range[1]] : [0, 1]
}
