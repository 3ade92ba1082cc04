import { isMetricId, type MetricId, type Quantity } from '../model/metric.ts'

/*
 * The language of claims (one comparator between two expressions):
 *   claim  = expr cmp expr
 *   expr   = term { (" + " | " - ") term }        term = factor { (" * " | " / ") factor }
 *   factor = number | "(" expr ")" | ref          ref = backend "." metric [ "." quantity ] [ "#" run ]
 *   number = digits, also in groups of three (16,384), with a fraction after a point; no sign, exponent or unit
 *   cmp    = ≥ at least, ≤ at most, =, above, below, about
 * Operators stand between spaces, because names hold hyphens. Rates are in KiB/s or 1/s, CPU shares in percent,
 * latencies in µs.
 */

export interface Ref {
  readonly kind: 'ref'
  readonly backend: string
  readonly metric: MetricId
  readonly quantity: Quantity
  /** 1-based; null means all runs */
  readonly run: number | null
}

export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly decimals: number }
  | Ref
  | {
      readonly kind: 'operation'
      readonly operator: '+' | '-' | '*' | '/'
      readonly left: Expression
      readonly right: Expression
    }

export type Comparator = '≥' | '≤' | '=' | 'above' | 'below' | 'about'

export interface Assertion {
  readonly left: Expression
  readonly comparator: Comparator
  readonly right: Expression
}

/** Why a text is no claim, in one sentence. */
export interface Malformed {
  readonly malformed: string
}

const COMPARATORS: readonly (readonly [string, Comparator])[] = [
  ['at least', '≥'],
  ['at most', '≤'],
  ['≥', '≥'],
  ['≤', '≤'],
  ['=', '='],
  ['above', 'above'],
  ['below', 'below'],
  ['about', 'about'],
]

const QUANTITIES: readonly Quantity[] = ['rate', 'cpu', 'latency', 'cpu_s_per_gib']

/** Reads a claim or a quote. */
export function readAssertion(text: string): Assertion | Malformed {
  const spaced = ` ${text.replace(/\s+/g, ' ')} `
  const found = COMPARATORS.flatMap(([word, comparator]) => {
    const [left, right, ...rest] = spaced.split(` ${word} `)
    return left === undefined || right === undefined ? [] : [{ left, right, rest, comparator }]
  })
  const [first, second] = found
  if (!first) return { malformed: noComparison(text) }
  if (second || first.rest.length > 0)
    return { malformed: `Expected one comparison, got several in "${text}".` }
  const left = readExpression(first.left)
  const right = readExpression(first.right)
  if ('malformed' in left) return left
  if ('malformed' in right) return right
  return { left, comparator: first.comparator, right }
}

function noComparison(text: string): string {
  const [sign] = /[<>]=?|[!=]=/.exec(text) ?? []
  return sign === undefined
    ? `Expected a comparison such as "at least" or "≥" in "${text}".`
    : `Expected a comparison such as "at least" or "≥", got "${sign}".`
}

/** Reads an expression, such as what follows `value:`. */
export function readExpression(text: string): Expression | Malformed {
  const tokens = text.replaceAll('(', ' ( ').replaceAll(')', ' ) ').split(/\s+/).filter(Boolean)
  if (tokens.length > MOST_TOKENS) return { malformed: 'The expression is longer than any sentence needs.' }
  const reader = { tokens, at: 0, depth: 0 }
  const expression = sum(reader)
  const left = reader.tokens[reader.at]
  return 'malformed' in expression || left === undefined
    ? expression
    : { malformed: `Expected an operator, got "${left}".` }
}

/** More and deeper nesting than any sentence needs is refused, so that no input can exhaust the stack. */
const MOST_TOKENS = 500
const DEEPEST = 50

interface Reader {
  readonly tokens: readonly string[]
  at: number
  depth: number
}

function sum(reader: Reader): Expression | Malformed {
  return chain(reader, ['+', '-'], product)
}

function product(reader: Reader): Expression | Malformed {
  return chain(reader, ['*', '/'], operand)
}

function chain(
  reader: Reader,
  operators: readonly ('+' | '-' | '*' | '/')[],
  next: (r: Reader) => Expression | Malformed,
): Expression | Malformed {
  let left = next(reader)
  for (;;) {
    const operator = operators.find((o) => o === reader.tokens[reader.at])
    if ('malformed' in left || !operator) return left
    reader.at += 1
    const right = next(reader)
    if ('malformed' in right) return right
    left = { kind: 'operation', operator, left, right }
  }
}

function operand(reader: Reader): Expression | Malformed {
  const token = reader.tokens[reader.at]
  reader.at += 1
  if (token === undefined)
    return { malformed: 'Expected a number or a reference such as lvm.put_block, got the end.' }
  if (token === '(') return parenthesis(reader)
  return readNumber(token) ?? readRef(token)
}

/** Null for what begins like a number but is the id of a backend, and for what does not. */
function readNumber(token: string): Expression | Malformed | null {
  const decimal = /^(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,15}))?$/.exec(token)
  if (decimal) {
    const value = Number(token.replaceAll(',', ''))
    return { kind: 'number', value, decimals: decimal[1]?.length ?? 0 }
  }
  if (!/^[-+.,\d]/.test(token) || /\.[a-z_]/i.test(token)) return null
  return {
    malformed: `Expected a number such as 1.5 or 16,384 without sign, exponent or unit, got "${token}".`,
  }
}

function parenthesis(reader: Reader): Expression | Malformed {
  reader.depth += 1
  if (reader.depth > DEEPEST) return { malformed: 'The parentheses are nested too deeply.' }
  const inner = sum(reader)
  if ('malformed' in inner) return inner
  reader.depth -= 1
  const closing = reader.tokens[reader.at]
  reader.at += 1
  return closing === ')'
    ? inner
    : { malformed: `Expected ")", got ${closing === undefined ? 'the end' : `"${closing}"`}.` }
}

function readRef(token: string): Ref | Malformed {
  const [path = '', run, ...more] = token.split('#')
  const [backend, id, quantity = 'rate', ...rest] = path.split('.')
  if (!backend || !id || rest.length > 0 || more.length > 0)
    return { malformed: `Expected a number or a reference such as lvm.put_block, got "${token}".` }
  if (!isMetricId(id))
    return { malformed: `There is no test "${id}"; the tests are named as in bonnie++'s own CSV header.` }
  const known = QUANTITIES.find((q) => q === quantity)
  if (!known) return { malformed: `Expected one of ${QUANTITIES.join(', ')}, got "${quantity}".` }
  if (run !== undefined && !/^[1-9]\d{0,5}$/.test(run))
    return { malformed: `Expected the number of a run after "#", got "${run}".` }
  return { kind: 'ref', backend, metric: id, quantity: known, run: run === undefined ? null : Number(run) }
}

/** All references of an expression, from left to right. */
export function refsOf(expression: Expression): Ref[] {
  if (expression.kind === 'ref') return [expression]
  return expression.kind === 'operation' ? [...refsOf(expression.left), ...refsOf(expression.right)] : []
}
