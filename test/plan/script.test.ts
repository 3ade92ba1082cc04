/** A plan as a script: what stands in it, and that nothing from results/ can become a command. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { readStudyText } from '../../src/analysis/front-matter.ts'
import type { Plan } from '../../src/model/report.ts'
import type { Cell } from '../../src/model/run.ts'
import { shellText, yamlText } from '../../src/report/plan-facts.ts'
import { filesNeeded, newStudies, questionWords } from '../../src/report/plan-script.ts'
import { tidy, tree } from '../folders.ts'
import { runs, skip, suite } from '../suite.ts'
import { EXCLUDED, isInstalled, makeGuest, SHELLS } from './guest.ts'
import { aStudy, PLAN, SYNC_PLAN, scriptOf } from './planned.ts'

const test = suite('the script of a plan')
test.after.each(tidy)

/** What a shell makes of the variables at the top. */
function variables(script: string, ...names: readonly string[]): string[] {
  const top = script.slice(0, script.indexOf('\nset -eu\n'))
  const show = names.map((name) => `printf '%s\\0' "$${name}"`).join('\n')
  const { stdout } = spawnSync('sh', ['-c', `${top}\n${show}`], { encoding: 'utf8' })
  return stdout.split('\0').slice(0, -1)
}

const HOSTILE = [
  `it's "here" $(touch owned) \`touch owned\` \\ ; touch owned #`,
  `'; touch owned; '`,
  "two\nlines\n'\ntouch owned\n---\nstatus: invalid",
  'END\n# $IFS %s %n \\n \\0 !! ~ * ? [a]',
  'right to left \u202e and no width \u200b, control \x1b[31m \x7f \x85, line \u2028 and 日本 😀',
  '{{ facts }} {% x %} <!-- --> & | > /dev/null',
]

for (const shell of SHELLS) {
  test(`can be read by ${shell.join(' ')}`, () => {
    if (!isInstalled(shell[0] ?? '')) skip(`no ${shell[0]}`)
    const folder = tree({ 'plan.sh': scriptOf(SYNC_PLAN) })
    const [command = '', ...words] = shell
    const { status, stderr } = spawnSync(command, [...words, '-n', 'plan.sh'], {
      cwd: folder,
      encoding: 'utf8',
    })
    assert.equal([status, stderr], [0, ''])
  })
}

test('has nothing that shellcheck would remark', () => {
  if (!isInstalled('shellcheck')) skip('no shellcheck')
  const [title = ''] = HOSTILE
  const files = {
    'plan.sh': scriptOf(),
    'sync.sh': scriptOf(SYNC_PLAN, aStudy(study(title))),
    'bad.sh': '#!/bin/sh\nx=[[\n',
  }
  const check = (file: string) =>
    spawnSync('shellcheck', ['-o', 'all', '-e', EXCLUDED, file], { cwd: folder, encoding: 'utf8' })
  const folder = tree(files)
  assert.is(check('plan.sh').stdout, '')
  assert.is(check('sync.sh').stdout, '')
  assert.is(check('bad.sh').status, 1)
})

function study(title: string): string {
  const backends = `backends: { loopback: { title: ${yamlText(title)}, attach: ${yamlText(title)} } }`
  return `---\ntitle: ${yamlText(title)}\nhost: { cpu: ${yamlText(title)} }\n${backends}\n---\n`
}

for (const title of HOSTILE) {
  test(`keeps hostile words as they are: ${JSON.stringify(title).slice(0, 40)}`, () => {
    const report = aStudy(study(title))
    assert.is(report.facts.title, title)
    const plan: Plan = { ...PLAN, backends: PLAN.backends.map((b) => ({ ...b, title })) }
    const guest = makeGuest(scriptOf(plan, report), ['loopback', 'lvm'])
    assert.is(guest.run([...guest.targets, 'blktap=none', '--trial']).code, 0)
    const { value, diagnostics } = readStudyText(guest.read('results/old-2-trial/study.md'))
    assert.equal(diagnostics, [])
    assert.is(value.facts.title, `${title} (measured again)`)
    assert.equal(Object.values(value.facts.backends ?? {}), [{ title }, { title }])
    assert.not(guest.has('owned'))
    assert.not(guest.has('mnt/lvm/owned'))
  })
}

test('quotes any text for a shell and for YAML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = text.replaceAll('\0', '')
      const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellText(text)}`], { encoding: 'utf8' })
      assert.is(stdout, Buffer.from(plain).toString())
      const { value } = readStudyText(`---\ntitle: ${yamlText(`t${text}`)}\n---\n`)
      assert.is(value.facts.title, `t${text.replace(/\p{Cs}/gu, '\ufffd')}`)
      assert.not.match(yamlText(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
    { numRuns: runs(60) },
  )
  assert.is(yamlText('\u202e\u200b\ue000\u{e0001}\x85"'), '"\\u202e\\u200b\\ue000\\U000e0001\\u0085\\""')
})

test('asks for what only the host knows, and offers what the old study said', () => {
  const facts = 'host: { cpu: Xeon, dom0_ram: 2 GiB, disk: { kind: hdd, spindles: 4 } }'
  const [lines = ''] = variables(scriptOf(PLAN, aStudy(`---\n${facts}\n---\n`)), 'HOST_QUESTIONS')
  assert.match(lines, `dom0_ram   # dom0_ram: "2 GiB"  # its memory, such as 2 GiB? So in old.`)
  assert.match(lines, `disk   #   spindles: 4  # how many disks? So in old.`)
  assert.match(lines, `kernel   # kernel:  # of dom0, or of the KVM host?`)
  // every answer becomes a fact where its mark is taken away
  const answered = lines
    .split('\n')
    .map((line) => line.replace(/^\w+ +/, '  ').replace('# ', ''))
    .map((line) =>
      line.replace(/(ram|cache): {2}/, '$1: 1 GiB  ').replace(/(kernel|hypervisor|link): {2}/, '$1: some  '),
    )
  const { value, diagnostics } = readStudyText(`---\nhost:\n${answered.join('\n')}\n---\n`)
  assert.equal(diagnostics, [])
  assert.equal(value.facts.host?.disk, { kind: 'hdd', link: 'some', spindles: 4, cache: '1 GiB' })
})

test('makes so many files that the fastest test of the study would take ten seconds', () => {
  const report = aStudy()
  const at = (state: Cell['state'], rate: number | null) => {
    const runs = report.runs.map((run) => ({ ...run, cells: { ...run.cells } }))
    for (const { cells } of runs) cells.ran_stat = { ...cells.ran_stat, state, rate }
    return filesNeeded({ ...report, runs })
  }
  const others = filesNeeded(report)
  assert.is(at('measured', 100_000), 977)
  // 16 × 1,024 files in less than half a second
  assert.is(at('at_least', 32_768), 320)
  assert.is(at('measured', 10), others)
  assert.is(at('unreadable', 100_000), others)
  assert.is(at('measured', 9_000_000), 1024)
  assert.is(filesNeeded({ ...report, runs: [] }), 16)
})

test('writes new studies, and one more for -b where a workload asks for it', () => {
  const report = aStudy()
  assert.equal(newStudies(report, PLAN, []), { main: 'old-2', sync: null })
  assert.equal(newStudies(report, SYNC_PLAN, ['old', 'old-2']), { main: 'old-3', sync: 'old-3-sync' })
  assert.equal(newStudies(report, PLAN, ['old-2-sync']), { main: 'old-3', sync: null })
  assert.equal(variables(scriptOf(SYNC_PLAN), 'STUDY', 'SYNC'), ['old-2', 'old-2-sync'])
  assert.equal(variables(scriptOf(), 'STUDY', 'SYNC'), ['old-2', ''])
})

test('titles the new studies after the old one, however often it is measured again', () => {
  const titles = (text: string) => variables(scriptOf(PLAN, aStudy(text)), 'TITLE', 'SYNC_TITLE')
  const again = ['"Disks (measured again)"', '"Disks (measured again with -b)"']
  for (const title of ['Disks', 'Disks (measured again)', 'Disks (measured again with -b)'])
    assert.equal(titles(`---\ntitle: ${title}\n---\n`), again)
  assert.equal(titles(''), ['', ''])
})

test('says at its top how many runs settle each question', () => {
  const [comment = ''] = scriptOf(SYNC_PLAN).split('\n\n')
  assert.match(comment, '#   Streaming and backups: three runs of each backend show a factor of 1.1.\n')
  assert.match(comment, '#   Databases: no affordable number of runs shows a factor of 1.25.')
  assert.match(comment, 'a file of at least 4 GiB, four')
  assert.ok(
    comment
      .split('\n')
      .every((line) => line.startsWith('#') && (line.length <= 80 || line.includes('sh plan.sh'))),
  )
  const [question] = PLAN.questions
  if (question)
    assert.is(
      questionWords({ ...question, runs: 1, ratio: 2 }),
      'one run of each backend shows a factor of 2',
    )
})

test('has comments that end with their line, whatever is in them', () => {
  const report = aStudy()
  const script = scriptOf(PLAN, { ...report, study: { ...report.study, slug: 'old\ntouch owned\u2028' } })
  const [comment = ''] = script.split('\n\n')
  assert.ok(comment.split('\n').every((line) => line.startsWith('#')))
})

test('is the same for the same study', () => {
  assert.is(scriptOf(SYNC_PLAN), scriptOf(SYNC_PLAN))
  const folder = tree({})
  writeFileSync(path.join(folder, 'plan.sh'), scriptOf())
  assert.match(
    spawnSync('sh', ['plan.sh', '--help'], { cwd: folder, encoding: 'utf8' }).stdout,
    /^Usage: sh plan\.sh /,
  )
})

test.run()
