/**
 * uvu's `suite`, and a book in which every suite is written down: uvu alone says "0 tests" and exits 0 when a
 * file forgets `test.run()`, and swallows what a hook throws. The runner (run.ts) reads the book after each file;
 * a file executed alone (`node --import tsx test/x.test.ts`) reads it itself at exit.
 *
 *     const test = suite('Ratio')
 *     test('measured ÷ at least is at most', () => { … })
 *     test.run()
 */
import { type Callback, type Test, suite as uvuSuite } from 'uvu'

export interface SuiteRecord {
  readonly name: string
  /** Tests written down, skipped ones included. */
  tests: number
  /** Tests written down since the last `test.run()`: nobody will run them. */
  waiting: number
  wasRun: boolean
  usesOnly: boolean
  readonly skipped: string[]
  /** What hooks threw. */
  readonly hookErrors: string[]
}

const book: SuiteRecord[] = []
const underRunner = 'UVU_DEFER' in globalThis

class Skipped extends Error {}

/** Ends the running test as skipped: `if (!found) skip('no bonnie++')`. */
export function skip(reason: string): never {
  throw new Skipped(reason)
}

/** How often a property is tried: what `--runs` said to the runner, or what is usual. */
export function runs(usual: number): number {
  return Number(process.env.TEST_RUNS ?? usual)
}

export function suite(name: string): Test {
  const inner = uvuSuite(name)
  const record: SuiteRecord = {
    name,
    tests: 0,
    waiting: 0,
    wasRun: false,
    usesOnly: false,
    skipped: [],
    hookErrors: [],
  }
  book.push(record)
  const write = () => {
    record.tests += 1
    record.waiting += 1
  }
  const test = (title: string, body: Callback) => {
    write()
    inner(title, skippable(record, title, body))
  }
  return Object.assign(test, {
    only(title: string, body: Callback) {
      write()
      record.usesOnly = true
      inner.only(title, skippable(record, title, body))
    },
    skip(title = 'a test') {
      test(title, () => skip('not now'))
    },
    before: Object.assign((hook: Callback) => inner.before(reported(record, 'before', hook)), {
      each: (hook: Callback) => inner.before.each(hook),
    }),
    after: Object.assign((hook: Callback) => inner.after(noted(record, 'after', hook)), {
      each: (hook: Callback) => inner.after.each(noted(record, 'after each', hook)),
    }),
    run() {
      record.wasRun = true
      record.waiting = 0
      inner.run()
    },
  })
}

/** The suites written down since the last call. Their records go on filling while they run. */
export function takeSuites(): SuiteRecord[] {
  return book.splice(0)
}

/** What is wrong with suites although no test failed: one sentence each. */
export function faultsOf(suites: readonly SuiteRecord[]): string[] {
  if (suites.length === 0) return ['creates no suite']
  return suites.flatMap((suite) => {
    const name = `suite "${suite.name}"`
    const faults = suite.hookErrors.map((error) => `${name}: ${error}`)
    if (suite.tests === 0) faults.push(`${name} holds no test`)
    else if (!suite.wasRun) faults.push(`${name} was never run: its last line should be test.run()`)
    else if (suite.waiting > 0) faults.push(`${name} got ${suite.waiting} more tests after test.run()`)
    if (suite.usesOnly && process.env.CI) faults.push(`${name} uses .only, which CI refuses`)
    return faults
  })
}

function skippable(record: SuiteRecord, title: string, body: Callback): Callback {
  return async (context) => {
    try {
      await body(context)
    } catch (error) {
      if (!(error instanceof Skipped)) throw error
      record.skipped.push(`skipped: ${error.message} (${title})`)
    }
  }
}

/** uvu drops what a `before` hook throws, and rightly runs no test after it: keep the reason, let it throw. */
function reported(record: SuiteRecord, which: string, hook: Callback) {
  return async (context: Parameters<Callback>[0]) => {
    try {
      await hook(context)
    } catch (error) {
      record.hookErrors.push(`the ${which} hook failed: ${reason(error)}`)
      throw error
    }
  }
}

/** A throwing `after` hook would cost uvu its count of the suite: keep the reason, and count it as a failure. */
function noted(record: SuiteRecord, which: string, hook: Callback): Callback {
  return async (context) => {
    await reported(record, which, hook)(context).catch(() => {})
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

if (!underRunner) {
  process.on('exit', () => {
    const suites = takeSuites()
    for (const line of suites.flatMap((suite) => suite.skipped)) console.log(line)
    const faults = suites.length === 0 ? [] : faultsOf(suites)
    for (const fault of faults) console.error(fault)
    if (faults.length > 0) process.exitCode = 1
  })
}
