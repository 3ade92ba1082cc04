/**
 * The workflow that publishes: its rules hold, and its scripts do what they say, run one after another in a fresh copy
 * of the project. `npm ci` and `npm test` are left out there: the one needs the network, the other would run this test.
 */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as assert from 'uvu/assert'
import { tidy, tree } from './folders.ts'
import { skip, suite } from './suite.ts'
import { MAIN_ALONE, readWorkflow, workflowFaults } from './workflow.ts'

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const FILE = '.github/workflows/pages.yml'
const text = readFileSync(path.join(ROOT, FILE), 'utf8')
const workflow = readWorkflow(text)
const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))

const test = suite('the Pages workflow')

test('keeps its rules', () => {
  assert.equal(workflowFaults(workflow), [])
})

const broken: readonly (readonly [what: string, by: string, fault: string])[] = [
  ['  pull_request:', '  pull_request_target:', 'runs with our token on what a stranger wrote'],
  ['permissions:\n  contents: read\n', '', 'may do more than read, or does not say what it may'],
  ['  contents: read', '  contents: write', 'may do more than read, or does not say what it may'],
  ['    timeout-minutes: 10\n', '', 'deploy: has no time limit'],
  [`  deploy:\n    if: ${MAIN_ALONE}\n`, '  deploy:\n', 'deploy: may write where a pull request runs it'],
  ['      pages: write', '      contents: write', 'deploy: may write contents, id-token'],
  ['      name: github-pages\n', '', 'deploy: deploys to no environment'],
  ['    needs: build\n', '', 'deploy: deploys what nothing has proved'],
  [
    'npm run build\n',
    'npm run build -- --site-url x\n',
    'build: builds with options, which may change bytes',
  ],
  [
    'run: npm ci',
    `run: echo "$${'{{'} github.head_ref }}"`,
    'build: puts an expression into a script: give it by the environment',
  ],
  ['checkout@v7', 'checkout@v4', 'build: uses actions/checkout@v4, which is not a version that we know'],
  [
    'setup-node@v7',
    'setup-node@main',
    'build: uses actions/setup-node@main, which is not a version that we know',
  ],
  ['deploy-pages@v5', 'deploy-pages@v6', 'uploads for another major version than it deploys'],
  [
    '        with:\n          persist-credentials: false\n',
    '',
    'build: leaves its token where later steps can read it',
  ],
  ['path: site', 'path: .', 'build: publishes something else than site/'],
  [
    `      - if: ${MAIN_ALONE}\n        uses: act`,
    '      - uses: act',
    'build: uploads what is not to be published',
  ],
]

for (const [what, by, fault] of broken) {
  test(`would not keep them with ${JSON.stringify(by || `no ${what}`)}`, () => {
    assert.ok(text.includes(what), `there is no ${what}`)
    assert.ok(workflowFaults(readWorkflow(text.replace(what, () => by))).includes(fault))
  })
}

test('proves that site/ is what the sources give, and annotates pull requests before the tests', () => {
  const [ci, check, tests, build, proof, ...more] = scripts
  assert.equal([ci, tests, build, more], ['npm ci', 'npm test', 'npm run build', []])
  assert.match(check ?? '', 'check -- --format github')
  assert.match(proof ?? '', 'git status --porcelain -- site/')
})

test('leaves the bench to a workflow of its own, which nothing waits for', () => {
  const bench = readWorkflow(readFileSync(path.join(ROOT, '.github/workflows/bench.yml'), 'utf8'))
  assert.equal(workflowFaults(bench), [])
  const steps = Object.values(bench.jobs).flatMap((job) => job.steps.flatMap(({ run }) => run ?? []))
  assert.equal(steps, ['npm ci', 'npm run bench -- --short'])
})

test('passes actionlint', () => {
  const { error, stdout, status } = spawnSync('actionlint', ['-no-color', FILE], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (error) skip('no actionlint')
  assert.equal([status, stdout], [0, ''])
})

test('runs in a fresh copy, and fails where site/ is something else', () => {
  const project = freshCopy()
  const [, check = '', , build = '', proof = ''] = scripts
  for (const script of [check, build, proof]) {
    const { status, output } = runIn(project, script)
    assert.is(status, 0, `${script}\n${output}`)
  }
  assert.match(runIn(project, check).output, /^::warning file=results\/.+,line=\d+,col=\d+,title=[\w-]+::/m)
  const page = path.join(project, 'site/index.html')
  appendFileSync(page, ' ')
  assert.is.not(runIn(project, proof).status, 0)
  runIn(project, 'git checkout -q site')
  assert.is(runIn(project, proof).status, 0)
  writeFileSync(path.join(project, 'site/left-over.html'), '')
  assert.is.not(runIn(project, proof).status, 0)
  rmSync(path.join(project, 'site/left-over.html'))
  rmSync(page)
  assert.is.not(runIn(project, proof).status, 0)
})

test.after(tidy)

/** The project as it would be committed now, in a repository of its own. */
function freshCopy(): string {
  const project = tree({})
  const listed = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  const names = listed.stdout.split('\0').filter((name) => name !== '' && existsSync(path.join(ROOT, name)))
  for (const name of names) {
    mkdirSync(path.dirname(path.join(project, name)), { recursive: true })
    copyFileSync(path.join(ROOT, name), path.join(project, name))
  }
  const commit = 'git -c user.name=a -c user.email=a@example.org commit -qm all'
  const { status, output } = runIn(project, `git init -q && git add -A && ${commit}`)
  assert.is(status, 0, output)
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'))
  return project
}

/** As the runner does: bash, which ends at the first command that fails. */
function runIn(cwd: string, script: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd, encoding: 'utf8' })
  return { status, output: `${stdout}${stderr}` }
}

test.run()
