/** Damaged outputs: nothing but what was hit may change in silence. A sample; `npm run fuzz` tries all of it. */
import * as assert from 'uvu/assert'
import type { Parsed } from '../../src/model/run.ts'
import { damageAll, toldOf } from '../fuzz/campaign.ts'
import { sampleOf } from '../fuzz/mutants.ts'
import { outputs, readBytes } from '../fuzz/outputs.ts'
import { runs, suite } from '../suite.ts'

/** So many damages of bytes and of lines for each output. */
const SAMPLE = { bytes: 30, lines: 8 }

/** How far apart an output is cut, and how often at most, since a page may be long; with --runs it is cut everywhere. */
const [STEP, CUTS] = runs(1) > 1 ? [1, Number.POSITIVE_INFINITY] : [7, 400]

const read = (text: string) => readBytes(new TextEncoder().encode(text)).parsed
/** Undamaged outputs of the dialects, and those that merely end early. */
const WHOLE = outputs()
  .filter(({ name }) => name.startsWith('dialects/'))
  .map(({ name, bytes }) => ({ name, ...readBytes(bytes) }))
  .filter(({ parsed }) => !parsed.diagnostics.some((diagnostic) => diagnostic.level === 'error'))

const test = suite('damage')

for (const output of outputs()) {
  test(`${output.name} does not change in silence`, () => {
    const { survivors } = damageAll(output, sampleOf(output, SAMPLE.bytes, SAMPLE.lines))
    assert.equal(survivors.map(toldOf), [])
  })
}

test('an output cut off anywhere is no crash, and holds no number that the whole does not', () => {
  // Rows set by hand, wrapped, collapsed, tabbed or copied have nothing that shows that a number was cut; a string of JSON
  // has no line for its table alone.
  for (const { text } of WHOLE.filter(
    ({ name }) =>
      !/^dialects\/(bonnie|by-hand|suse|two-programs)|wrapped|mediawiki|list-marks|tabs|json|copied/.test(
        name,
      ),
  )) {
    const tables = text.split('\n').filter((line) => !line.includes(','))
    const rates = new Set([...ratesOf(read(text)), ...ratesOf(read(tables.join('\n')))])
    const step = Math.max(STEP, Math.ceil(text.length / CUTS))
    for (let end = 0; end < text.length - 2; end += step) {
      if (isInLastField(text, end)) continue
      for (const rate of ratesOf(read(text.slice(0, end)))) {
        if (!rates.has(rate)) assert.unreachable(`${rate} after ${JSON.stringify(text.slice(end - 30, end))}`)
      }
    }
  }
})

/** Nothing shows that a CSV row lost the last digit of its last field. */
function isInLastField(text: string, end: number): boolean {
  const row = text.slice(text.lastIndexOf('\n', end - 1) + 1, `${text}\n`.indexOf('\n', end))
  return (
    row.split(',').length > 20 &&
    text
      .slice(end, end + 10)
      .split('\n', 1)[0]
      ?.includes(',') === false
  )
}

function ratesOf({ runs: found }: Parsed): Set<number> {
  const measured = found
    .flatMap((run) => Object.values(run.cells))
    .filter((cell) => cell.state === 'measured')
  const numbers = measured.flatMap((cell) => [cell.rate, cell.cpu, cell.latency_us])
  return new Set(numbers.filter((number) => number !== null))
}

test.run()
