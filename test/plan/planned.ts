/** Studies to plan from, and plans for them. */
import { analyse, knowledgeOf } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { Plan, Report } from '../../src/model/report.ts'
import { planScript } from '../../src/report/plan-script.ts'

const templates = readTemplates()
export const knowledge = knowledgeOf(templates)

const ROW = (backend: number) =>
  `vm,2064M,${backend}00,35,${backend}000,3,19000,9,71094,98,93000,86,249.1,0,16,+++++,+++,+++++,+++,+++++,+++,+++++,+++,+++++,+++,+++++,+++\n`

/** One run each of loopback and blktap, with such a study.md. */
export function aStudy(studyText: string | null = null, slug = 'old'): Report {
  const source = (id: string, n: number) => ({ path: `${id}/run.txt`, sha256: id, text: ROW(n) })
  const sources = [source('loopback', 50), source('blktap', 55)]
  const folder = { slug, prefix: `${slug}/`, studyText, sources, images: [], diagnostics: [] }
  return analyse(folder, knowledge)
}

const QUESTION = {
  profile: 'stream',
  title: 'Streaming and backups',
  runs: 3,
  ratio: 1.1,
  alsoRun: null,
} as const
const SYNCED = {
  profile: 'database',
  title: 'Databases',
  runs: null,
  ratio: 1.25,
  alsoRun: 'a second series with -b, which makes every write reach the disk',
} as const

export const PLAN: Plan = {
  sentence: 'Three runs each.',
  backends: [
    { id: 'loopback', title: 'loopback', measured: true },
    { id: 'blktap', title: 'blktap', measured: true },
    { id: 'lvm', title: 'LVM', measured: false },
  ],
  runs: 3,
  file: { atLeastMib: 4096, timesGuest: null, timesOuter: null },
  questions: [QUESTION],
}

/** The same, with a workload that asks for a series with -b. */
export const SYNC_PLAN: Plan = { ...PLAN, questions: [QUESTION, SYNCED] }

/** The script for a plan. */
export function scriptOf(
  plan: Plan = PLAN,
  report: Report = aStudy(),
  taken: readonly string[] = [],
): string {
  return planScript(report, plan, { templates, knowledge, taken })
}
