/** TypeScript read just closely enough to tell its code from its comments and strings, and to find its imports. */

export interface Source {
  /** The code, with comments, strings and regular expressions blanked. */
  readonly code: string
  /** The code with its strings, without its comments. */
  readonly spoken: string
  readonly imports: readonly string[]
  /** those of the imports that are loaded with the file: no types, and nothing that is asked for later */
  readonly loads: readonly string[]
  readonly patterns: readonly Pattern[]
}

/** A regular expression as it stands in the code. */
export interface Pattern {
  readonly source: string
  readonly flags: string
  readonly line: number
}

export function readSource(text: string): Source {
  let code = ''
  let spoken = ''
  const patterns: Pattern[] = []
  for (const { kind, text: piece } of pieces(text)) {
    const blank = piece.replace(/[^\n]/g, ' ')
    if (kind === 'regex') patterns.push(patternOf(piece, code.split('\n').length))
    code += kind === 'code' ? piece : blank
    spoken += kind === 'comment' ? blank : piece
  }
  return {
    code,
    spoken,
    imports: importsOf(IMPORTS, code, spoken),
    loads: importsOf(LOADS, code, spoken),
    patterns,
  }
}

function patternOf(literal: string, line: number): Pattern {
  const end = literal.lastIndexOf('/')
  return { source: literal.slice(1, end), flags: literal.slice(end + 1), line }
}

interface Piece {
  readonly kind: 'code' | 'comment' | 'string' | 'regex'
  readonly text: string
}

const TOKENS = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  string: /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y,
  regex: /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y,
  /** The text of a template up to its end or its next hole. */
  template: /(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y,
} as const

function matchAt(token: RegExp, text: string, at: number): string | undefined {
  token.lastIndex = at
  return token.exec(text)?.[0]
}

/** What stands before a slash tells a regular expression from a division. */
function beginsRegex(before: string): boolean {
  return /(^|[(,=:[!&|?{};+\-*%<>~^\n]|\b(return|typeof|case|in|of|=>))\s*$/.test(before.slice(-40))
}

function* pieces(text: string): Generator<Piece> {
  /** Braces open inside each template hole that we are in. */
  const holes: number[] = []
  let before = ''
  let at = 0
  const take = (kind: Piece['kind'], piece: string): Piece => {
    at += piece.length
    if (kind !== 'comment') before = (before + (kind === 'code' ? piece : 'x')).slice(-40)
    return { kind, text: piece }
  }
  while (at < text.length) {
    const comment = matchAt(TOKENS.comment, text, at)
    const string = matchAt(TOKENS.string, text, at)
    const regex = beginsRegex(before) ? matchAt(TOKENS.regex, text, at) : undefined
    if (comment !== undefined) yield take('comment', comment)
    else if (string !== undefined) yield take('string', string)
    else if (regex !== undefined) yield take('regex', regex)
    else if (text[at] === '`' || (text[at] === '}' && holes.at(-1) === 0)) {
      if (text[at] === '}') holes.pop()
      yield take('code', text.charAt(at))
      const inside = matchAt(TOKENS.template, text, at) ?? ''
      if (inside.endsWith('${')) holes.push(0)
      yield take('string', inside)
    } else {
      const depth = holes.at(-1)
      if (depth !== undefined && text[at] === '{') holes.splice(-1, 1, depth + 1)
      if (depth !== undefined && text[at] === '}') holes.splice(-1, 1, depth - 1)
      yield take('code', text.charAt(at))
    }
  }
}

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`, `typeof import('x')`, `require('x')`. */
const IMPORTS = [
  /\b(?:import|export)\b[^;'"`]*?\bfrom\s*(['"])(.*?)\1/g,
  /\bimport\s*(['"])(.*?)\1/g,
  /\b(?:import|require)\s*\(\s*(['"])(.*?)\1/g,
]

/** `import … from 'x'`, `export … from 'x'` and `import 'x'`, but for those of types alone. */
const LOADS = [
  /\b(?:import|export)\b(?!\s+type\s+[\w{*])[^;'"`]*?\bfrom\s*(['"])(.*?)\1/g,
  /\bimport\s*(['"])(.*?)\1/g,
]

function importsOf(patterns: readonly RegExp[], code: string, spoken: string): string[] {
  return patterns.flatMap((pattern) =>
    // A match that begins inside a string is not an import.
    [...spoken.matchAll(pattern)].filter((match) => code[match.index] !== ' ').map((match) => match[2] ?? ''),
  )
}
