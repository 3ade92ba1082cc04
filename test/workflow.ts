/** What a workflow that publishes to GitHub Pages must hold, whoever opens the pull request that it runs on. */
import { parse } from 'yaml'

export interface Step {
  readonly name?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly if?: string
  readonly needs?: string
  readonly 'timeout-minutes'?: number
  readonly permissions?: Readonly<Record<string, string>> | string
  readonly environment?: { readonly name?: string }
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>> | string
  readonly jobs: Readonly<Record<string, Job>>
}

/** Majors that run on runners of late 2026. The artifact's format ties the last two together. */
const MAJORS: Readonly<Record<string, number>> = {
  'actions/checkout': 7,
  'actions/setup-node': 7,
  'actions/configure-pages': 6,
  'actions/upload-pages-artifact': 5,
  'actions/deploy-pages': 5,
}

/** What GitHub asks of a job that deploys to Pages, and all that it may have. */
const OF_PAGES = ['pages', 'id-token']

export const MAIN_ALONE = "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"

export function readWorkflow(text: string): Workflow {
  return parse(text)
}

/** One sentence for each rule that a workflow breaks. */
export function workflowFaults(workflow: Workflow): string[] {
  const faults: string[] = []
  if ('pull_request_target' in workflow.on) faults.push('runs with our token on what a stranger wrote')
  if (JSON.stringify(workflow.permissions) !== '{"contents":"read"}')
    faults.push('may do more than read, or does not say what it may')
  for (const [name, job] of Object.entries(workflow.jobs)) {
    faults.push(
      ...[...jobFaults(job), ...job.steps.flatMap((step) => [...stepFaults(step)])].map(
        (fault) => `${name}: ${fault}`,
      ),
    )
  }
  const uses = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []))
  const major = (action: string) => uses.find((each) => each.startsWith(`${action}@`))?.split('@v')[1]
  if (major('actions/upload-pages-artifact') !== major('actions/deploy-pages'))
    faults.push('uploads for another major version than it deploys')
  return faults
}

function* jobFaults(job: Job): Generator<string> {
  const { permissions = {} } = job
  const granted = typeof permissions === 'string' ? [[permissions, 'write']] : Object.entries(permissions)
  const writes = granted.filter(([, level]) => level !== 'read').map(([key = '']) => key)
  if (writes.length > 0 && job.if !== MAIN_ALONE) yield 'may write where a pull request runs it'
  if (writes.some((key) => !OF_PAGES.includes(key))) yield `may write ${writes.join(', ')}`
  if (job['timeout-minutes'] === undefined) yield 'has no time limit'
  const deploys = job.steps.some(({ uses }) => uses?.startsWith('actions/deploy-pages@'))
  if (!deploys) return
  if (job.environment?.name !== 'github-pages') yield 'deploys to no environment'
  if (job.needs === undefined) yield 'deploys what nothing has proved'
}

function* stepFaults({ uses, run, if: condition, with: inputs = {} }: Step): Generator<string> {
  if (run?.includes('${{')) yield 'puts an expression into a script: give it by the environment'
  if (/\bnpm run build\b(?!\s*$)/m.test(run ?? '')) yield 'builds with options, which may change bytes'
  if (uses === undefined) return
  const [action = '', version = ''] = uses.split('@')
  const pinned = /^[0-9a-f]{40}$/.test(version)
  if (!pinned && version !== `v${MAJORS[action]}`) yield `uses ${uses}, which is not a version that we know`
  if (action === 'actions/checkout' && inputs['persist-credentials'] !== false)
    yield 'leaves its token where later steps can read it'
  if (action !== 'actions/upload-pages-artifact') return
  if (inputs.path !== 'site') yield 'publishes something else than site/'
  if (condition !== MAIN_ALONE) yield 'uploads what is not to be published'
}
