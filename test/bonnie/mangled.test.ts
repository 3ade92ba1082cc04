/**
 * Clean outputs are mangled in every way that is known, alone and two or three at once: what is read of them are the
 * same runs, or a remark says that something was lost. Never another number in silence.
 */
import * as assert from 'uvu/assert'
import { diceOf } from '../dice.ts'
import { runs, suite } from '../suite.ts'
import { composed, type Mangling, oneOf } from './mangle.ts'
import { MANGLINGS } from './manglings.ts'
import { type Clean, cleanOutputs, read, verdictOf } from './verdict.ts'

const test = suite('mangled outputs')

const CLEAN = cleanOutputs()

/** Of so many outputs each mangling is tried with some, others for each mangling. */
const EACH = runs(8)
const TOGETHER = runs(300)

/** Why the mangled form of an output is not read as it should be; null if it is. */
function fault({ name, text, parsed, blank }: Clean, mangling: Mangling, seed: number): string | null {
  const { verdict, why } = verdictOf(
    parsed,
    read(mangling.mangle(text, diceOf(`${seed}`).next)),
    mangling.loss,
  )
  const told = `${name}, ${mangling.name} (seed ${seed}): ${verdict}: ${why}`
  if (verdict === 'silent') return told
  const must =
    mangling.loss === 'nothing' || mangling.loss === 'name' || (mangling.loss === 'blanks' && !blank)
  return must && verdict !== 'perfect' ? told : null
}

test('there are clean outputs of every kind', () => {
  assert.ok(CLEAN.length >= 20)
  for (const dialect of ['1.0x', '1.9x', '2.00', 'csv2txt', 'bonnie', 'suse']) {
    assert.ok(
      CLEAN.some(({ name }) => name.startsWith(dialect)),
      dialect,
    )
  }
})

for (const [at, mangling] of MANGLINGS.entries()) {
  test(`${mangling.name}: ${mangling.loss} is lost`, () => {
    const faults = Array.from({ length: Math.min(EACH, CLEAN.length) }, (_, i) => {
      const clean = CLEAN[(at * 7 + i * 5) % CLEAN.length]
      return clean ? fault(clean, mangling, i) : null
    })
    assert.equal(
      faults.filter((each) => each !== null),
      [],
    )
  })
}

for (const [count, most] of [
  [2, 0.06],
  [3, 0.15],
] as const) {
  test(`${count} manglings at once change no number in silence, and few runs are lost`, () => {
    const random = diceOf(`composed of ${count}`).next
    let imperfect = 0
    for (let i = 0; i < TOGETHER; i += 1) {
      const clean = oneOf(CLEAN as [Clean, ...Clean[]], random)
      const known = MANGLINGS.filter(({ loss }) => loss !== 'more') as [Mangling, ...Mangling[]]
      const mangling = composed(Array.from({ length: count }, () => oneOf(known, random)))
      const after = read(mangling.mangle(clean.text, diceOf(`${i}`).next))
      const { verdict, why } = verdictOf(clean.parsed, after, mangling.loss)
      assert.is.not(verdict, 'silent', `${clean.name}, ${mangling.name} (seed ${i}): ${why}`)
      if (verdict !== 'perfect' && !clean.blank) imperfect += 1
    }
    assert.ok(imperfect <= TOGETHER * most, `${imperfect} of ${TOGETHER} were not perfect`)
  })
}

test.run()
