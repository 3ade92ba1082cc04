/*
 * Patterns of paths: `*` any part of a name, `**` any number of folders, `?` one character, `[a-z]` and `[!a-z]` one of a
 * set, `{a,b}` alternatives, `\` before what means itself. Bash describes them under "Pattern Matching"; no names are
 * hidden here.
 *
 * A pattern comes from whoever wrote the front matter. Libraries make a regular expression of it, which goes back as often
 * as its stars can be shared out: eight of them and a long name take hours. Here all places that a part of the
 * pattern can lead to are followed at once, so that the time is the product of both lengths at most.
 */

type Part =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'any'; readonly folders: boolean }
  | { readonly kind: 'choice'; readonly of: readonly (readonly Part[])[] }

/** Whether a pattern means a path. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const parts = partsOf([...pattern])
  return (path) => {
    const text = [...path]
    return follow(parts, text, new Set([0])).has(text.length)
  }
}

/** The offsets that parts of a pattern can lead to from others. */
function follow(parts: readonly Part[], text: readonly string[], from: ReadonlySet<number>): Set<number> {
  let places = new Set(from)
  for (const part of parts) {
    if (places.size === 0) break
    places = next(part, text, places)
  }
  return places
}

function next(part: Part, text: readonly string[], from: ReadonlySet<number>): Set<number> {
  if (part.kind === 'choice') return new Set(part.of.flatMap((each) => [...follow(each, text, from)]))
  const reached = new Set<number>()
  for (const place of from) {
    if (part.kind === 'character') {
      const character = text[place]
      if (character !== undefined && part.fits(character)) reached.add(place + 1)
      continue
    }
    // where another place was here before, all that follows is known
    for (let at = place; !reached.has(at); at += 1) {
      reached.add(at)
      if (at === text.length || (text[at] === '/' && !part.folders)) break
    }
  }
  return reached
}

/** Alternatives that were begun: those that are complete, and the one that is being read. */
interface Braces {
  readonly done: (readonly Part[])[]
  parts: Part[]
}

/** Braces that are never closed, or hold no comma, mean themselves. */
function partsOf(pattern: readonly string[]): readonly Part[] {
  const outer: Braces = { done: [], parts: [] }
  const open: Braces[] = []
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at] ?? ''
    const inner = open.at(-1)
    if (character === '{') open.push({ done: [], parts: [] })
    else if (inner && character === ',') inner.done.push(inner.parts.splice(0))
    else if (inner && character === '}') {
      open.pop()
      const all = [...inner.done, inner.parts]
      const parts: Part[] =
        all.length > 1 ? [{ kind: 'choice', of: all }] : [is('{'), ...inner.parts, is('}')]
      ;(open.at(-1) ?? outer).parts.push(...parts)
    } else {
      const { parts, end } = simple(pattern, at)
      ;(inner ?? outer).parts.push(...parts)
      at = end
      continue
    }
    at += 1
  }
  const unclosed = open.flatMap(({ done, parts }) => [
    is('{'),
    ...done.flatMap((each) => [...each, is(',')]),
    ...parts,
  ])
  return [...outer.parts, ...unclosed]
}

interface Read {
  readonly parts: readonly Part[]
  /** behind the last character that was read */
  readonly end: number
}

/** Reads what is no brace. */
function simple(pattern: readonly string[], at: number): Read {
  const character = pattern[at] ?? ''
  if (character === '*') return stars(pattern, at)
  if (character === '?') return { parts: [one((c) => c !== '/')], end: at + 1 }
  if (character === '[') return set(pattern, at)
  const isEscape = character === '\\' && at + 1 < pattern.length
  return { parts: [is(pattern[isEscape ? at + 1 : at] ?? '')], end: at + (isEscape ? 2 : 1) }
}

function is(character: string): Part {
  return one((c) => c === character)
}

function one(fits: (character: string) => boolean): Part {
  return { kind: 'character', fits }
}

/** Two stars that make up a whole part of the path stand for folders, of which there may be none. */
function stars(pattern: readonly string[], start: number): Read {
  let end = start
  while (pattern[end] === '*') end += 1
  const isWhole = /^[/{,]?$/.test(pattern[start - 1] ?? '') && /^[/,}]?$/.test(pattern[end] ?? '')
  if (end - start !== 2 || !isWhole) return { parts: [{ kind: 'any', folders: false }], end }
  if (pattern[end] !== '/') return { parts: [{ kind: 'any', folders: true }], end }
  const folders: readonly Part[] = [{ kind: 'any', folders: true }, is('/')]
  return { parts: [{ kind: 'choice', of: [[], folders] }], end: end + 1 }
}

/** `[abc]`, `[a-c]`, `[!abc]`, `[^abc]`; a bracket that is never closed means itself. */
function set(pattern: readonly string[], start: number): Read {
  const isNegated = /[!^]/.test(pattern[start + 1] ?? '')
  const first = start + (isNegated ? 2 : 1)
  // right behind the opening one a closing bracket means itself
  const close = pattern.indexOf(']', first + 1)
  if (close === -1) return { parts: [is('[')], end: start + 1 }
  const ranges = rangesIn(pattern.slice(first, close))
  const holds = (c: string) => ranges.some(([from, to]) => from <= c && c <= to)
  return { parts: [one((c) => c !== '/' && holds(c) !== isNegated)], end: close + 1 }
}

function rangesIn(characters: readonly string[]): (readonly [from: string, to: string])[] {
  const ranges: [string, string][] = []
  for (let at = 0; at < characters.length; ) {
    const from = characters[at] ?? ''
    const to = characters[at + 1] === '-' ? characters[at + 2] : undefined
    ranges.push([from, to ?? from])
    at += to === undefined ? 1 : 3
  }
  return ranges
}
