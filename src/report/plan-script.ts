import type { Knowledge } from '../model/backend.ts'
import { counted, countWord, factor, listed, sentenceCase, sizeText } from '../model/format.ts'
import type { Templates } from '../model/library.ts'
import { METRICS } from '../model/metric.ts'
import type { Plan, Report } from '../model/report.ts'
import {
  backendFacts,
  equivalenceFacts,
  hostQuestions,
  shellText,
  titleFacts,
  yamlText,
} from './plan-facts.ts'

/*
 * A plan as a shell script for the guest: variables in plain quotes, made here, before a body that is the same for
 * every study (templates/guest/). Whatever comes from results/ reaches the script through shellText or yamlText.
 */

/** What the script is made of beside the report. */
export interface ScriptParts {
  readonly templates: Templates
  readonly knowledge: readonly Knowledge[]
  /** slugs that the new studies must not have */
  readonly taken: readonly string[]
}

/** The script, as POSIX sh. */
export function planScript(report: Report, plan: Plan, { templates, knowledge, taken }: ScriptParts): string {
  const names = newStudies(report, plan, taken)
  const comment = heading(report, plan).flatMap(wrapped)
  const assigned = Object.entries(variables(report, plan, { names, knowledge }))
  return [
    '#!/bin/sh',
    // a comment ends with its line
    ...comment.map((line) => `# ${line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')}`.trimEnd()),
    '',
    '# shellcheck disable=SC2016 # quoted text is meant as it stands',
    ...assigned.map(([name, value]) => `${name}=${shellText(String(value))}`),
    '',
    ...PARTS.map((part) => partOf(templates, part)),
  ].join('\n')
}

/** The body, in the order in which a shell has to read it. */
const PARTS = ['settings', 'words', 'facts', 'checks', 'runs', 'study', 'main']

function partOf(templates: Templates, part: string): string {
  const text = templates.get(`guest/${part}.sh`)
  if (text === undefined) throw new Error(`templates/guest/${part}.sh is missing`)
  return text
}

/** Where the new outputs go: a study of its own, and another one for runs with -b, which are another test. */
export function newStudies(
  { study }: Report,
  plan: Plan,
  taken: readonly string[],
): { readonly main: string; readonly sync: string | null } {
  const isFree = (slug: string) => !taken.includes(slug) && !taken.includes(`${slug}-sync`)
  let number = 2
  while (!isFree(`${study.slug}-${number}`)) number += 1
  const main = `${study.slug}-${number}`
  return { main, sync: asksForSync(plan) ? `${main}-sync` : null }
}

/** Whether a workload asks for a series with -b. */
function asksForSync({ questions }: Plan): boolean {
  return questions.some(({ alsoRun }) => /(^|\s)-b\b/.test(alsoRun ?? ''))
}

/** What bonnie++ takes without -n. With -b every file waits for the disk, so that this many take long enough. */
const USUAL_FILES = 16
/** A million names, which a file system of some GiB still has room for. */
const MOST_FILES = 1024
const FILES_PER_UNIT = 1024
/** Long enough that starting and stopping the clock does not matter. */
const SECONDS = 10

/**
 * The number for -n, in units of 1024 files, at which the fastest file test of the study would take ten seconds. A
 * test that ended too early to be timed counts with its lower bound.
 */
export function filesNeeded({ runs }: Report): number {
  const rates = runs.flatMap(({ cells }) =>
    METRICS.filter(({ family }) => family === 'files').flatMap(({ id }) => {
      const { state, rate } = cells[id]
      return (state === 'measured' || state === 'at_least') && rate !== null ? [rate] : []
    }),
  )
  const units = Math.ceil((SECONDS * Math.max(0, ...rates)) / FILES_PER_UNIT)
  return Math.min(Math.max(units, USUAL_FILES), MOST_FILES)
}

/** Runs that settle a question, in words: `5 runs of each backend show a factor of 1.1`. */
export function questionWords({ runs, ratio }: Plan['questions'][number]): string {
  const difference = `a factor of ${factor(ratio).replace(/0+$/, '').replace(/\.$/, '')}`
  if (runs === null) return `no affordable number of runs shows ${difference}`
  return `${counted(runs, 'run')} of each backend ${runs === 1 ? 'shows' : 'show'} ${difference}`
}

/** The comment at the top, a paragraph an entry. */
function heading({ study }: Report, plan: Plan): string[] {
  const targets = plan.backends.map(({ id }) => `${id}=/mnt/${id}`).join(' ')
  return [
    `Measures what the study ${study.slug} leaves open. Written by bonnie-report plan.`,
    '',
    'Run it inside the guest, as root, with a directory on a disk of each backend:',
    '',
    `  sh plan.sh --dry-run ${targets}`,
    `  sh plan.sh --trial ${targets}`,
    `  sh plan.sh ${targets}`,
    '',
    `It makes ${counted(plan.runs, 'round')}, in which every backend has its turn and the order rotates, with ${fileWords(plan)}. Ctrl-C stops it; started again, it goes on where it was.`,
    '',
    'Open, and how many runs would settle it:',
    ...plan.questions.map(({ title, alsoRun, ...question }) => {
      const also = alsoRun === null ? '' : ` It asks for ${alsoRun}.`
      return `  ${title}: ${questionWords({ title, alsoRun, ...question })}.${also}`
    }),
    '',
    "All that is asked for is part of it, dom0's CPU time only where DOM0_SSH is set.",
    '',
    'Backends:',
    ...plan.backends.map(({ id, title, measured }) => {
      return `  ${id}: ${yamlText(title)}${measured ? '' : ', not measured yet: if you can'}`
    }),
  ]
}

function fileWords({ file }: Plan): string {
  const sizes = [
    ...(file.atLeastMib === null ? [] : [sizeText(file.atLeastMib)]),
    `${timesWord(file.timesGuest ?? TIMES_GUEST)} the guest's memory`,
    `${timesWord(file.timesOuter ?? TIMES_OUTER)} that of dom0 where it is known`,
  ]
  return `a file of at least ${listed(sizes)}`
}

function timesWord(n: number): string {
  return n === 2 ? 'twice' : `${countWord(n)} times`
}

/** A file that leaves seeks no cache to speak of, and one that a layer below cannot keep (checks/layers.ts). */
const TIMES_GUEST = 4
const TIMES_OUTER = 2

function variables(
  report: Report,
  plan: Plan,
  { names, knowledge }: { names: ReturnType<typeof newStudies>; knowledge: readonly Knowledge[] },
): Record<string, string | number> {
  const { facts, study } = report
  const ids = (measured: boolean) => plan.backends.filter((b) => b.measured === measured).map(({ id }) => id)
  const open = listed(plan.questions.map(({ title }) => title.toLowerCase()))
  return {
    OPEN: 'no',
    STUDY: names.main,
    SYNC: names.sync ?? '',
    BACKENDS: ids(true).join(' '),
    SUGGESTED: ids(false).join(' '),
    CACHING: listed(plan.backends.filter(({ id }) => mayCache(id, report, knowledge)).map(({ id }) => id)),
    RUNS: plan.runs,
    FILE_MIB: plan.file.atLeastMib ?? 0,
    TIMES_GUEST: plan.file.timesGuest ?? TIMES_GUEST,
    TIMES_OUTER: plan.file.timesOuter ?? TIMES_OUTER,
    OUTER_UNKNOWN: plan.file.timesOuter === null ? 'no' : 'yes',
    FILES: filesNeeded(report),
    SYNC_FILES: USUAL_FILES,
    BASELINE: facts.baseline ?? '',
    TITLE: titleFacts(facts),
    SYNC_TITLE: titleFacts(facts, '-b'),
    EQUIVALENCE: equivalenceFacts(facts),
    HOST_QUESTIONS: hostQuestions(facts, study.slug),
    BACKEND_FACTS: backendFacts(report, plan),
    WHY: `${sentenceCase(open)}: the study \`${study.slug}\` leaves ${plan.questions.length === 1 ? 'it' : 'them'} open.`,
  }
}

/** Whether the layer that serves a backend keeps copies, or nobody knows that it does not. */
function mayCache(id: string, { backends }: Report, knowledge: readonly Knowledge[]): boolean {
  const kind = backends.find((b) => b.id === id)?.kind ?? id
  return knowledge.find((page) => page.id === kind)?.caches !== 'no'
}

/** Columns of a line of comment, without its `# `. */
const WIDTH = 78

/** A paragraph as lines; what is wrapped of an indented one stands further in. A command stays whole. */
function wrapped(paragraph: string): string[] {
  const [, indent = '', text = ''] = /^( *)(.*)$/s.exec(paragraph) ?? []
  if (text.startsWith('sh plan.sh')) return [paragraph]
  const [first = '', ...words] = text.split(' ')
  const lines = [indent + first]
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`
    if (line.length <= WIDTH) lines[lines.length - 1] = line
    else lines.push(`${indent === '' ? '' : `${indent}  `}${word}`)
  }
  return lines
}
