/** Every check does with its examples what its page says, and says so at the level of its page. */
import * as assert from 'uvu/assert'
import { type Example, QUIET, subjectsOf } from '../../src/analysis/checks/example.ts'
import { EXAMPLES } from '../../src/analysis/checks/examples.ts'
import { tryOut } from '../../src/analysis/checks/trial.ts'
import { CHECKS } from '../../src/analysis/checks.ts'
import { readRulePage } from '../../src/analysis/front-matter.ts'
import { readTemplates } from '../../src/files.ts'
import type { Finding } from '../../src/model/report.ts'
import { suite } from '../suite.ts'

const test = suite('the examples of the checks')

const templates = readTemplates()

/** What one rule finds on an example. */
function found(rule: string, example: Example): readonly Finding[] {
  const findings = tryOut(subjectsOf(example), example.facts ?? QUIET)
  const metric = example.metric ?? undefined
  return findings.filter((f) => f.rule === rule && f.backend === 'b' && f.metric === metric)
}

function outcome(findings: readonly Finding[]): Example['becomes'] {
  const effects = findings.map((f) => f.effect)
  if (effects.includes('not-disk')) return 'not-disk'
  if (effects.includes('suspect')) return 'suspect'
  return findings.length > 0 ? 'noted' : 'silent'
}

for (const { rule } of CHECKS) {
  const examples = EXAMPLES[rule] ?? []
  for (const [i, example] of examples.entries()) {
    const numbers = example.runs.map((cells) => JSON.stringify(cells)).join(' ')
    test(`${rule} ${i + 1}: ${numbers} is ${example.becomes}`, () => {
      const findings = found(rule, example)
      assert.is(outcome(findings), example.becomes, findings.map((f) => f.message).join('\n'))
    })
  }

  test(`${rule}: one example fires, one does not, and each outcome has its own`, () => {
    assert.ok(examples.some((e) => e.becomes === 'silent'))
    assert.ok(examples.some((e) => e.becomes !== 'silent'))
  })

  test(`${rule}: findings carry a number, a remedy and the level of the page`, () => {
    const { level } = readRulePage(`rules/${rule}.md`, templates.get(`rules/${rule}.md`) ?? '')
    const findings = examples.flatMap((example) => found(rule, example))
    assert.is(findings.some((f) => f.level === 'warning') ? 'warning' : 'note', level)
    for (const f of findings) {
      assert.match(f.message, /^[^\n]+\.( \([^)]+\))?$/)
      assert.match(f.remedy ?? '', /^[^\n]+\.$/)
    }
  })
}

test('file tests that are too short are told how many files would do', () => {
  const [finding] = found('too-few-files', EXAMPLES['too-few-files']?.[0] as Example)
  assert.is(
    finding?.message,
    '16,384 files were too few for 1 of 6 file tests: -n 320 makes 20 times as many.',
  )
})

test('examples belong to checks', () => {
  const rules: readonly string[] = CHECKS.map(({ rule }) => rule)
  assert.equal(
    Object.keys(EXAMPLES).filter((rule) => !rules.includes(rule)),
    [],
  )
})

test.run()
