/**
 * Whatever is claimed: a verdict agrees with every number that the outputs admit. Expressions are made as trees, written
 * out, read and held by the code under test, and evaluated here on numbers drawn from what was printed.
 */
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { hold } from '../../src/analysis/claims.ts'
import { compare } from '../../src/analysis/compare.ts'
import { readAssertion } from '../../src/analysis/expression.ts'
import { judge } from '../../src/analysis/judge.ts'
import type { Ground } from '../../src/analysis/refs.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { Cell } from '../../src/model/run.ts'
import { suite, runs as tries } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('any claim')

const FACTS = { guest: { ram: '256 MiB' } }
const METRICS = ['put_block', 'rewrite', 'get_block', 'seeks'] as const
type Cells = Record<(typeof METRICS)[number], Cell>

// ─── what is printed, and what it may have been ─────────────────────────────────────────────────────────────────

const place = { line: 1, column: 1 }
const cells: fc.Arbitrary<Cell> = fc
  .oneof(
    fc.record({
      state: fc.constant('measured' as const),
      rate: fc.integer({ min: 1, max: 5000 }),
      cpu: fc.integer({ min: 0, max: 99 }),
      latency_us: fc.oneof(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 100, max: 99_999 }).map((ms) => ms * 1000),
      ),
    }),
    fc.record({
      state: fc.constant('measured' as const),
      rate: fc.integer({ min: 100, max: 5000 }),
      tolerance: fc.integer({ min: 1, max: 50 }),
      cpu: fc.constant(null),
      latency_us: fc.constant(null),
    }),
    fc.record({
      state: fc.constant('at_least' as const),
      rate: fc.integer({ min: 1, max: 5000 }),
      cpu: fc.constant(null),
      latency_us: fc.constant(null),
    }),
  )
  .map((cell) => ({ ...cell, ...place }))
const backendCells: fc.Arbitrary<Cells> = fc.record({
  put_block: cells,
  rewrite: cells,
  get_block: cells,
  seeks: cells,
})

/** A number between 0 and 1, not quite either. */
type Dice = () => number

function admissible(cell: Cell, quantity: string, dice: Dice): number | null {
  const { rate, cpu, latency_us, tolerance = 0 } = cell
  const share = cpu === null ? null : cpu + dice() * 0.999
  if (quantity === 'cpu') return share
  if (quantity === 'latency')
    return latency_us === null ? null : latency_us + dice() * (latency_us < 1e5 ? 0.999 : 999)
  const speed =
    rate === null
      ? null
      : cell.state === 'at_least'
        ? rate * (1.000001 + 10 * dice() ** 4)
        : rate + (2 * dice() - 1) * tolerance
  if (quantity === 'rate') return speed
  return share === null || speed === null ? null : (share / 100) * (1_048_576 / speed)
}

// ─── trees ──────────────────────────────────────────────────────────────────────────────────────────────────────

type Tree =
  | number
  | { readonly backend: string; readonly metric: (typeof METRICS)[number]; readonly quantity: string }
  | readonly [Tree, '+' | '-' | '*' | '/', Tree]

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 0, max: 100 }).map((n) => n / 10),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      backend: fc.constantFrom('a', 'b-2'),
      metric: fc.constantFrom(...METRICS),
      quantity: fc.constantFrom('rate', 'rate', 'rate', 'cpu', 'latency', 'cpu_s_per_gib'),
    }),
  },
)
const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(
      tie('tree'),
      fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      tie('tree'),
    ),
  ),
})).tree

function isOperation(tree: Tree): tree is readonly [Tree, '+' | '-' | '*' | '/', Tree] {
  return Array.isArray(tree)
}

function written(tree: Tree): string {
  if (typeof tree === 'number') return tree >= 1000 ? tree.toLocaleString('en-US') : String(tree)
  if (!isOperation(tree))
    return `${tree.backend}.${tree.metric}${tree.quantity === 'rate' ? '' : `.${tree.quantity}`}`
  const [left, operator, right] = tree
  const weak = (side: Tree) => isOperation(side) && '+-'.includes(side[1])
  const tight = operator === '*' || operator === '/'
  const [l, r] = [written(left), written(right)]
  return `${tight && weak(left) ? `(${l})` : l} ${operator} ${isOperation(right) ? `( ${r} )` : r}`
}

function evaluated(tree: Tree, draw: (leaf: Exclude<Tree, number | readonly unknown[]>) => number): number {
  if (typeof tree === 'number') return tree
  if (!isOperation(tree)) return draw(tree as never)
  const [a, b] = [evaluated(tree[0], draw), evaluated(tree[2], draw)]
  return { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[tree[1]]
}

function holdsFor(left: number, comparator: string, right: number): boolean {
  if (comparator === '≥' || comparator === 'at least') return left >= right
  if (comparator === '≤' || comparator === 'at most') return left <= right
  return comparator === 'above' ? left > right : left < right
}

function groundOf(a: Cells, b: Cells): Ground {
  const runs = [aRun('a', {}), aRun('b-2', {})].map((run, i) => ({
    ...run,
    cells: { ...run.cells, ...(i === 0 ? a : b) },
  }))
  const evidence = evidenceOf(runs, [aPage('a'), aPage('b-2')])
  const tested = samples(evidence, judge(evidence, FACTS))
  // whether they measured the disk is not the question here
  const sound = tested.map((sample) => ({
    ...sample,
    validity: 'disk' as const,
    values: sample.values.map((v) => ({ ...v, validity: 'disk' as const })),
  }))
  return { evidence, samples: sound, comparisons: compare(sound, ['a', 'b-2'], 'a', FACTS), facts: FACTS }
}

const seen = new Map<string, number>()

test('agrees with every admissible value, and is read as it was written', () => {
  const comparators = fc.constantFrom('≥', '≤', 'at least', 'at most', 'above', 'below')
  fc.assert(
    fc.property(
      backendCells,
      backendCells,
      trees,
      comparators,
      trees,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (a, b, left, comparator, right, stream) => {
        const text = `${written(left)} ${comparator} ${written(right)}`
        const assertion = readAssertion(text)
        if ('malformed' in assertion) throw new Error(`${text}: ${assertion.malformed}`)
        const { verdict } = hold(assertion, groundOf(a, b))
        seen.set(verdict, (seen.get(verdict) ?? 0) + 1)
        if (verdict === 'not decidable') return
        const dice = () => stream.next().value ?? 0.5
        for (let i = 0; i < 25; i += 1) {
          const drawn = new Map<string, number | null>()
          const draw = (ref: { backend: string; metric: keyof Cells; quantity: string }): number => {
            const key = `${ref.backend}.${ref.metric}.${ref.quantity}`
            if (!drawn.has(key))
              drawn.set(key, admissible((ref.backend === 'a' ? a : b)[ref.metric], ref.quantity, dice))
            return drawn.get(key) ?? Number.NaN
          }
          const [x, y] = [evaluated(left, draw), evaluated(right, draw)]
          // what is not a number cannot have been decided
          assert.ok(Number.isFinite(x) && Number.isFinite(y), `${text} was ${verdict}`)
          if (Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y))) continue
          assert.is(holdsFor(x, comparator, y), verdict === 'supported', `${text}: ${x} and ${y}`)
        }
      },
    ),
    { numRuns: tries(2000) },
  )
})

test('is decided often enough to mean something', () => {
  for (const verdict of ['supported', 'contradicted', 'not decidable'])
    assert.ok((seen.get(verdict) ?? 0) * 20 >= tries(2000), `${verdict}: ${seen.get(verdict)}`)
})

test('is decided whenever all its numbers are known exactly', () => {
  const rates = fc.integer({ min: 1, max: 5000 })
  fc.assert(
    fc.property(
      rates,
      rates,
      fc.constantFrom('≥', '≤', 'above', 'below', '=', 'about'),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (x, y, comparator, t) => {
        const exact = (rate: number) => {
          const cell = { state: 'measured' as const, rate, cpu: 5, latency_us: null, ...place }
          return { put_block: cell, rewrite: cell, get_block: cell, seeks: cell }
        }
        const threshold = t.toFixed(3)
        const assertion = readAssertion(`a.put_block / b-2.put_block ${comparator} ${threshold}`)
        if ('malformed' in assertion) throw new Error(assertion.malformed)
        const { verdict } = hold(assertion, groundOf(exact(x), exact(y)))
        const [ratio, n] = [x / y, Number(threshold)]
        // on the edge itself binary noise decides, which is not the question
        const edges =
          comparator === '=' ? [n - 0.0005, n + 0.0005] : comparator === 'about' ? [n / 1.05, n * 1.05] : [n]
        if (edges.some((edge) => Math.abs(ratio - edge) < 1e-6 * edge)) return
        const truth =
          edges.length === 2
            ? ratio > (edges[0] ?? 0) && ratio < (edges[1] ?? 0)
            : holdsFor(ratio, comparator, n)
        assert.is(verdict, truth ? 'supported' : 'contradicted')
      },
    ),
    { numRuns: tries(500) },
  )
})

test.run()
