/** Facts of the study that sentences state, held against the front matter and the outputs. */
import * as assert from 'uvu/assert'
import { bindProse } from '../../src/analysis/binding.ts'
import { compare } from '../../src/analysis/compare.ts'
import { judge } from '../../src/analysis/judge.ts'
import { samples } from '../../src/analysis/sample.ts'
import type { Facts } from '../../src/model/study.ts'
import { suite } from '../suite.ts'
import { aPage, aRun, evidenceOf } from './build-run.ts'

const test = suite('facts that the prose states')

const FACTS: Facts = {
  date: '2010-06',
  guest: { ram: '256 MiB', vcpus: 2 },
  host: { ram: '16 GiB', disk: { link: '60 MB/s', spindles: 4 } },
}
const ROUNDS = ['1', '2', '3'].flatMap((round) => [
  aRun(
    'fast',
    { put_block: 5180, getc: [70000, 99], seeks: { atLeast: 16384 } },
    { path: `fast/${round}.txt` },
  ),
  aRun('slow', { put_block: 1000, getc: [60000, 99] }, { path: `slow/${round}.txt` }),
])
const evidence = evidenceOf(ROUNDS, [aPage('fast'), aPage('slow')])
const tested = samples(evidence, judge(evidence, FACTS))
const GROUND = {
  evidence,
  samples: tested,
  comparisons: compare(tested, ['fast', 'slow'], 'slow', FACTS),
  facts: FACTS,
}

const problems = (text: string) =>
  bindProse({ facts: FACTS, prose: text, proseLine: 1 }, GROUND).diagnostics.map(({ rule }) => rule)

for (const [text, fits] of [
  ['The guest had 256 MiB of memory.', true],
  ['The guest had `256 MiB` of memory on a host with 16 GB.', true],
  ['The guest had `512 MiB` of memory.', false],
  ['A memory of 8 GB was all.', false],
  ["It fits into the machine's `16 GiB`.", true],
  ["It fits into the machine's `32 GiB`.", false],
  ['bonnie++ was held to 256 MiB.', true],
  ['bonnie++ was held to 128 MiB.', false],
  ['It wrote a file of `2 GiB`.', true],
  ['It wrote a file of `4 GiB`.', false],
  ['There were three rounds.', true],
  ['There were four rounds.', false],
  ['Three runs of each were made.', true],
  ['Two runs of each were made.', false],
  ['All six runs agree.', true],
  ['All seven runs agree.', false],
  ['Two backends took turns.', true],
  ['Three backends took turns.', false],
  ['Its data lay on four disks.', true],
  ['Its data lay on a single disk.', false],
  ['It had two virtual CPUs.', true],
  ['It had 4 vCPUs.', false],
  ['The disk was limited to `60,000,000 bytes/s`.', true],
  ['The disk was limited to `50 MB/s`.', false],
  ['All runs used bonnie++ 1.03c.', true],
  ['All runs used bonnie++ 1.03.', true],
  ['All runs used bonnie++ 1.96.', false],
  ['Since bonnie++ 1.96 that is different.', true],
  ['This was measured in June 2010.', true],
  ['This was measured in July 2010.', false],
  ['This was measured in 2011.', false],
  ['The driver was written in 2006.', true],
  ['One should make six rounds with a file of 64 GiB.', true],
  ['"There were four rounds", he says.', true],
  ['The controller had 512 MB of memory.', true],
  ['The second series of runs had 3 runs each.', true],
] as const) {
  test(`${fits ? 'true' : 'false'}: ${text}`, () =>
    assert.equal(problems(text), fits ? [] : ['fact-differs']))
}

test('the title and the caveats state facts as well, each at its place', () => {
  const facts = {
    ...FACTS,
    title: 'LVM in 2009',
    caveats: ['One thing.', 'The guest had 512 MiB of memory.'],
  }
  const placeOf = (words: string, offset: number) => ({
    file: words.slice(0, 3),
    line: 1,
    column: offset + 1,
  })
  assert.equal(
    bindProse({ facts, prose: '', proseLine: 1 }, GROUND, placeOf).diagnostics.map(({ rule, place }) => [
      rule,
      place.file,
      place.column,
    ]),
    [
      ['fact-differs', 'LVM', 8],
      ['fact-differs', 'The', 15],
    ],
  )
})

test('a fact that nobody declared is not contradicted', () => {
  const ground = { ...GROUND, facts: {} }
  const text = 'The guest had 512 MiB of memory, 4 vCPUs and 3 disks, limited to `50 MB/s`, measured in 2011.'
  assert.equal(bindProse({ facts: {}, prose: text, proseLine: 1 }, ground).diagnostics, [])
})

test.run()
