/** A build that would change nothing is told, not made; and every way in which it could be wrong to. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { recall, type Told, watch } from '../src/stamp.ts'
import { type DiskCall, withFault } from './faults/hook.mjs'
import { tidy, tree } from './folders.ts'
import { built, type Change, coarsely, LATER, SOON, sameSize, TOLD, WRITTEN } from './stamped.ts'
import { suite } from './suite.ts'
import { differences } from './tree.ts'

const stamps = suite('builds that would change nothing')
stamps.after.each(tidy)

for (const [wait, when] of [
  [SOON, 'at once'],
  [LATER, 'later'],
] as const) {
  stamps(`are told ${when}, with their problems and their exit code`, () => {
    const { errand } = built(wait)
    assert.equal(recall(errand), TOLD)
    assert.equal(recall(errand), TOLD)
  })
}

stamps('are told where times and inodes differ and no byte does, as after a checkout', () => {
  const { at, errand } = built(LATER)
  for (const name of ['results/xen/study.md', 'site/index.html', 'templates/page.njk', 'dist/cli.js']) {
    const bytes = fs.readFileSync(at(name))
    fs.rmSync(at(name))
    fs.writeFileSync(at(name), bytes)
    fs.utimesSync(at(name), 1, 1)
  }
  const before = fs.readFileSync(errand.stamp, 'utf8')
  assert.equal(recall(errand), TOLD)
  assert.is.not(fs.readFileSync(errand.stamp, 'utf8'), before, 'what was hashed is not known from now on')
})

stamps('are told whatever happens to names that nobody reads', () => {
  const { at, errand } = built(SOON)
  fs.writeFileSync(at('results/xen/.1.txt.swp'), 'an editor was here')
  fs.writeFileSync(at('dist/model/metric.d.ts'), 'other types')
  assert.equal(recall(errand), TOLD)
})

const CHANGES: readonly (readonly [what: string, change: Change])[] = [
  ['a saved output, of the same size and time', sameSize('results/xen/lvm/1.txt')],
  ['the prose, of the same size and time', sameSize('results/xen/study.md')],
  ['a new saved output', (at) => fs.writeFileSync(at('results/xen/lvm/2.txt'), '')],
  ['a saved output that is gone', (at) => fs.rmSync(at('results/xen/lvm/1.txt'))],
  [
    'a saved output by another name',
    (at) => fs.renameSync(at('results/xen/lvm/1.txt'), at('results/xen/lvm/3.txt')),
  ],
  ['a saved output that nobody may read', (at) => fs.chmodSync(at('results/xen/lvm/1.txt'), 0)],
  ['a folder that not everybody may enter', (at) => fs.chmodSync(at('results/xen/lvm'), 0o700)],
  ['a link among the results', (at) => fs.symlinkSync('1.txt', at('results/xen/lvm/2.txt'))],
  ['results that are gone', (at) => fs.rmSync(at('results'), { recursive: true })],
  ['a template', sameSize('templates/page.njk')],
  ['the program', sameSize('dist/cli.js')],
  ['a page that was edited', sameSize('site/index.html')],
  ['a copy that was edited', sameSize('site/xen/raw/lvm/1.txt')],
  ['a page that was deleted', (at) => fs.rmSync(at('site/index.html'))],
  ['a page that not everybody may read', (at) => fs.chmodSync(at('site/index.html'), 0o600)],
  ['a folder of the site that not everybody may enter', (at) => fs.chmodSync(at('site/xen'), 0o700)],
  ['a foreign file in the site', (at) => fs.writeFileSync(at('site/.DS_Store'), '')],
  ['a foreign folder in the site', (at) => fs.mkdirSync(at('site/more'))],
  ['a site that is gone', (at) => fs.rmSync(at('site'), { recursive: true })],
  ['a stamp that is gone', (at) => fs.rmSync(at('.site.stamp'))],
  ['a stamp that was cut', (at) => fs.truncateSync(at('.site.stamp'), 60)],
  ['something else in place of the stamp', (at) => fs.writeFileSync(at('.site.stamp'), '[]\n{}\nnull\n')],
]

for (const [what, change] of CHANGES) {
  for (const wait of [SOON, LATER]) {
    stamps(`are made again after ${wait} ms for ${what}`, () => {
      const { at, errand } = built(wait)
      change(at)
      assert.is(recall(errand), null)
    })
  }
}

stamps('are made again for what changed within one step of the clock', () => {
  coarsely(() => {
    for (const name of ['results/xen/study.md', 'site/index.html', 'site/xen/raw/lvm/1.txt', 'dist/cli.js']) {
      const { at, errand } = built(SOON)
      sameSize(name)(at)
      assert.is(recall(errand), null, name)
      sameSize(name)(at)
      assert.equal(recall(errand), TOLD, name)
    }
  })
})

stamps(
  'are made again for a page that changed within one step of the clock, however old the results are',
  () => {
    const change = () => {
      for (const edit of [
        sameSize('site/index.html'),
        (at: (name: string) => string) => fs.writeFileSync(at('site/CNAME'), ''),
      ]) {
        const { at, errand } = built(SOON)
        edit(at)
        assert.is(recall(errand), null)
      }
    }
    coarsely(change, (place) => !place.includes('/site'))
  },
)

stamps('are made again for a name that came within one step of the clock', () => {
  coarsely(() => {
    for (const name of ['results/xen/lvm/2.txt', 'site/CNAME', 'site/xen/CNAME']) {
      const { at, errand } = built(SOON)
      fs.writeFileSync(at(name), '')
      assert.is(recall(errand), null, name)
    }
  })
})

stamps('are made again wherever what a stamp saw was cut', () => {
  const { at, errand } = built(LATER)
  const whole = fs.readFileSync(errand.stamp)
  const front = whole.lastIndexOf('\0')
  for (let length = 0; length < front; length += 1) {
    fs.writeFileSync(errand.stamp, whole.subarray(0, length))
    assert.is(recall(errand), null, `${length} bytes`)
  }
  // what follows are hashes, which a site that nobody touched does without
  fs.writeFileSync(errand.stamp, whole.subarray(0, front + 20))
  assert.equal(recall(errand), TOLD)
  fs.utimesSync(at('site/index.html'), 1, 1)
  assert.is(recall(errand), null)
})

stamps('are made again where anything else is asked for', () => {
  const { errand } = built(LATER)
  assert.is(recall({ ...errand, key: 'with another address' }), null)
  assert.is(recall({ ...errand, manner: 'with --strict' }), null)
  assert.is(recall({ ...errand, results: errand.templates }), null)
})

const QUIET: Told = { code: 0, lines: [] }

stamps('are told in each manner in which they were told of the same bytes', () => {
  const { at, errand } = built(LATER)
  const quiet = { ...errand, manner: 'quiet' }
  watch(quiet).keep(WRITTEN, QUIET)
  assert.equal([recall(errand), recall(quiet)], [TOLD, QUIET])
  sameSize('templates/page.njk')(at)
  watch(quiet).keep(WRITTEN, QUIET)
  assert.equal([recall(errand), recall(quiet)], [null, QUIET])
  watch(errand).keep(WRITTEN, TOLD)
  assert.equal([recall(errand), recall(quiet)], [TOLD, QUIET])
  watch({ ...quiet, key: 'elsewhere' }).keep(WRITTEN, QUIET)
  assert.is(recall(errand), null)
})

stamps('are told of what somebody put into the site only as long as it lies there', () => {
  const { at, errand } = built(LATER)
  const [quiet, own] = [
    { ...errand, manner: 'quiet' },
    { ...WRITTEN, kept: ['CNAME'] },
  ]
  const kept: Told = { code: 0, lines: [['err', 'Kept: CNAME']] }
  fs.writeFileSync(at('site/CNAME'), 'example.org')
  watch(errand).keep(own, kept)
  watch(quiet).keep(own, QUIET)
  assert.equal([recall(errand), recall(quiet)], [kept, QUIET])
  fs.rmSync(at('site/CNAME'))
  watch(quiet).keep(WRITTEN, QUIET)
  assert.equal([recall(errand), recall(quiet)], [null, QUIET])
})

stamps('leave no stamp where an input cannot be hashed', () => {
  const { at, errand } = built(LATER)
  const isStudy = ({ name, place }: DiskCall) =>
    name === 'readFileSync' && place === at('results/xen/study.md')
  const leave = () => watch(errand).keep(WRITTEN, TOLD)
  const call = withFault({ at: 0, kind: 'EIO' }, leave).findIndex(isStudy) + 1
  fs.rmSync(errand.stamp)
  withFault({ at: call, kind: 'EIO' }, leave)
  assert.not(fs.existsSync(errand.stamp))
})

for (const [clock, disk] of [
  ['exact', (act: () => void) => act()],
  ['coarse', coarsely],
] as const) {
  stamps(`leave no stamp where an input was touched meanwhile, by a clock that is ${clock}`, () => {
    disk(() => {
      for (const change of [sameSize('results/xen/study.md'), sameSize('templates/page.njk')]) {
        const { at, errand } = built(SOON)
        fs.rmSync(errand.stamp)
        const watched = watch(errand)
        change(at)
        watched.keep(WRITTEN, TOLD)
        assert.not(fs.existsSync(errand.stamp))
      }
    })
  })
}

stamps('are made again where the site was touched before the stamp was left', () => {
  for (const change of [
    sameSize('site/index.html'),
    sameSize('site/xen/raw/lvm/1.txt'),
    (at) => fs.rmSync(at('site/index.html')),
    (at) => fs.writeFileSync(at('site/more'), ''),
  ] satisfies Change[]) {
    const { at, errand } = built(SOON)
    const watched = watch(errand)
    change(at)
    watched.keep(WRITTEN, TOLD)
    assert.is(recall(errand), null)
  }
  const { at, errand } = built(LATER)
  fs.writeFileSync(at('site/more'), '')
  watch(errand).keep(WRITTEN, TOLD)
  assert.is(recall(errand), null)
})

// ─── as a process ───────────────────────────────────────────────────────────────────────────────────────────────

const ROOT = path.dirname(import.meta.dirname)

function build(folder: string, ...options: string[]) {
  const args = [path.join(ROOT, 'dist/cli.js'), 'build', '-o', 'site', ...options]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { stdout, stderr, status }
}

stamps('are told by the program as they were made, word by word', () => {
  const folder = tree({})
  fs.cpSync(path.join(ROOT, 'test/fixtures/cli/inputs/faults'), path.join(folder, 'results'), {
    recursive: true,
  })
  fs.rmSync(path.join(folder, 'results/xen/lvm.bin'))
  for (const options of [[], ['--format', 'json'], ['-v'], ['--site-url', 'https://example.org/']]) {
    const made = build(folder, ...options)
    const { ino } = fs.statSync(path.join(folder, 'site'))
    assert.is(made.status, 1)
    assert.equal(build(folder, ...options), made)
    assert.is(fs.statSync(path.join(folder, 'site')).ino, ino, 'it was built again')
  }
  for (const options of [[], ['-q']]) build(folder, ...options)
  const { ino } = fs.statSync(path.join(folder, 'site'))
  const [loud, quiet] = [build(folder), build(folder, '-q')]
  assert.is(fs.statSync(path.join(folder, 'site')).ino, ino, 'one of two manners was built again')
  assert.equal([loud.stdout.includes('index.html'), quiet.stdout], [true, ''])
  const good = path.join(folder, 'good')
  fs.cpSync(path.join(folder, 'site'), good, { recursive: true })
  fs.appendFileSync(path.join(folder, 'site/style.css'), ' ')
  build(folder)
  assert.equal(differences(good, path.join(folder, 'site')), [])
})

stamps.run()
