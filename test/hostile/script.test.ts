/** Whatever studies and folders are called, the script of a plan runs nothing of it. */
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import type { Plan } from '../../src/model/report.ts'
import { tidy } from '../folders.ts'
import { isInstalled, makeGuest } from '../plan/guest.ts'
import { aStudy, PLAN, scriptOf } from '../plan/planned.ts'
import { skip, suite } from '../suite.ts'
import { PAYLOADS } from './payloads.ts'

const test = suite('payloads in the script of a plan')
test.after.each(tidy)

/** So many at once: as title, facts and titles of backends. */
const TOGETHER = 12
/** What is longer fits into no name. */
const LONGEST = 2000

const WORDS = Object.values(PAYLOADS).map((word) => word.slice(0, LONGEST))
const GROUPS = Array.from({ length: Math.ceil(WORDS.length / TOGETHER) }, (_, i) =>
  WORDS.slice(i * TOGETHER, (i + 1) * TOGETHER),
)

function planOf(words: readonly string[]): string {
  const facts = (word: string) => ({ title: word, attach: word, effective: word })
  const study = {
    title: words.join(' '),
    host: { cpu: words[0], hypervisor: words[1], kernel: words[2] },
    guest: { filesystem: words[3], flags: words[4] },
    backends: { loopback: facts(words[5] ?? 'x'), blktap: facts(words[6] ?? 'x') },
  }
  const backends = words.map((title, i) => ({ id: i === 0 ? 'loopback' : `b${i}`, title, measured: i < 2 }))
  const plan: Plan = { ...PLAN, backends }
  return scriptOf(plan, aStudy(`---\n${JSON.stringify(study)}\n---\n`))
}

/** Every name below a folder that a payload would have made. */
function hackedIn(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
    /(?:^|\/)hacked$/.test(file),
  )
}

for (const [i, words] of GROUPS.entries())
  test(`${words.length} of them, the ${i + 1}. time, are words for dash`, () => {
    if (!isInstalled('dash')) skip('no dash')
    const guest = makeGuest(planOf(words), ['loopback'], ['dash'])
    const { code, stderr } = guest.run([...guest.targets, 'b1=none', '--dry-run'])
    assert.is(code, 0, stderr)
    assert.equal(hackedIn(guest.folder), [])
  })

test('are names of folders for dash, with a trial in each', () => {
  if (!isInstalled('dash')) skip('no dash')
  for (const word of WORDS.filter((each) => each.includes('hacked'))) {
    const guest = makeGuest(scriptOf(), ['loopback'], ['dash'])
    const target = path.join(guest.folder, 'mnt', word.replace(/[/\n]/g, '_'))
    fs.mkdirSync(target, { recursive: true })
    guest.run([`loopback=${target}`, 'blktap=none', '--trial'])
    assert.equal(hackedIn(guest.folder), [], word)
  }
})

test('would be seen where one of them is a command', () => {
  const guest = makeGuest(`title="${PAYLOADS['order to a shell']}"\n`, [])
  guest.run([])
  assert.equal(hackedIn(guest.folder), ['hacked'])
})

test.run()
