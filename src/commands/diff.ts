import { knownNames } from '../analysis/assign.ts'
import { difference, unchanged } from '../analysis/difference.ts'
import { readStudyText } from '../analysis/front-matter.ts'
import { analyse, knowledgeOf, siteFacts } from '../build.ts'
import { visible } from '../diagnose.ts'
import { byPlace, compareText, type Diagnostic } from '../model/diagnostic.ts'
import type { StudyDifference } from '../model/difference.ts'
import type { Library, StudyFolder } from '../model/library.ts'
import { type Differences, differenceLines, flipsOf } from '../report/difference.ts'
import { treeAt } from '../revision.ts'
import { libraryIn, readText, type Tree } from '../tree.ts'
import { isEmpty } from './check.ts'
import { type Call, type ExitCode, UsageError } from './command.ts'
import { textOrJson } from './lookup.ts'
import { exitCodeFor, printProblems, problemJson } from './problems.ts'
import { type Located, openResults, type Results } from './results.ts'

/** What the results conclude now and did not at a revision, as Markdown: 1 only for an error that is there now. */
export async function diff(call: Call): Promise<ExitCode> {
  const { operands, options, io } = call
  const [revision, folder = 'results'] = operands
  const format = textOrJson(options, 'diff')
  if (revision === undefined) throw new UsageError('diff needs a revision of git: diff main, diff HEAD~1.')
  const { value: now, diagnostics } = await openResults({ ...call, operands: [folder] })
  if (isEmpty(now)) {
    printProblems(diagnostics, 'text', io.err, { prefix: now.prefix, color: io.color.err })
    return 2
  }
  const { commit, tree } = treeAt(folder, revision)
  const knowledge = knowledgeOf(now.templates)
  const then = libraryIn(tree, knownNames(mainFacts(tree), knowledge))
  const studies = pairs(then, now.library).map(({ before, after }) => {
    io.status(`Comparing ${(after ?? before)?.slug}`)
    const report = now.studies.find((study) => study.folder === after)?.report ?? null
    if (before && report && after && areAlike(before, after)) return unchanged(report, before.slug)
    return difference(before && analyse(before, knowledge), report)
  })
  const problems = outside(then, now)
  const found = { revision, commit, studies, problems }
  if (format === 'json') io.out(JSON.stringify(diffDocument(found, now.prefix), null, 2))
  else for (const line of differenceLines(found, now.prefix)) io.out(visible(line))
  return exitCodeFor(diagnostics, { strict: false })
}

/** What the flat study declared then: its backends are no studies. */
function mainFacts(tree: Tree) {
  const { text } = tree.files.includes('study.md') ? readText(tree, 'study.md') : { text: null }
  return readStudyText(text ?? '').value.facts
}

interface Pair {
  readonly before: StudyFolder | null
  readonly after: StudyFolder | null
}

/** Studies of one folder, and of two that share saved outputs where each is on one side only. */
function pairs({ folders: old }: Library, { folders: now }: Library): Pair[] {
  const left = new Set(old.filter((folder) => !now.some(({ slug }) => slug === folder.slug)))
  const kept = now.map((after): Pair => {
    const same = old.find(({ slug }) => slug === after.slug)
    if (same) return { before: same, after }
    const [renamed] = [...left]
      .map((before) => ({ before, shared: sharedOutputs(before, after) }))
      .filter(({ shared }) => shared > 0)
      .sort((a, b) => b.shared - a.shared)
    if (renamed) left.delete(renamed.before)
    return { before: renamed?.before ?? null, after }
  })
  const gone = [...left].map((before): Pair => ({ before, after: null }))
  const slugOf = ({ before, after }: Pair) => (after ?? before)?.slug ?? ''
  return [...kept, ...gone].sort((a, b) => compareText(slugOf(a), slugOf(b)))
}

function sharedOutputs(a: StudyFolder, b: StudyFolder): number {
  const hashes = new Set(a.sources.map(({ sha256 }) => sha256))
  return b.sources.filter(({ sha256 }) => hashes.has(sha256)).length
}

/** Whether the same would be concluded from two folders, since it would be concluded from the same. */
function areAlike(a: StudyFolder, b: StudyFolder): boolean {
  const [one, other] = [a, b].map(({ studyText, sources, images, diagnostics, prefix }) =>
    JSON.stringify([
      studyText,
      prefix === '',
      sources.map(({ path, sha256 }) => [path, sha256]),
      images,
      diagnostics,
    ]),
  )
  return one === other
}

/** Problems of the folder of results itself. */
function outside(then: Library, { library: now }: Results): StudyDifference['problems'] {
  const problems = (library: Library) =>
    [...library.diagnostics, ...siteFacts(library).diagnostics].sort(byPlace)
  const without = (some: readonly Diagnostic[], others: readonly Diagnostic[]) =>
    some.filter(
      (d) =>
        !others.some((o) => o.rule === d.rule && o.message === d.message && o.place.file === d.place.file),
    )
  const [old, own] = [problems(then), problems(now)]
  return { appeared: without(own, old), gone: without(old, own) }
}

/** The differences as one document, schema 1. Studies that did not change are named and nothing more. */
function diffDocument({ revision, commit, studies, problems }: Differences, prefix: string): object {
  const located = ({ appeared, gone }: StudyDifference['problems'], folder: string) => {
    const json = (problem: Located) => problemJson(problem, { prefix: folder })
    return { appeared: appeared.map(json), gone: gone.map(json) }
  }
  return {
    schema: 1,
    revision,
    commit,
    flips: studies.reduce((sum, study) => sum + flipsOf(study), 0),
    studies: studies.map((study) => {
      const folder = study.slug === 'main' ? prefix : `${prefix}${study.slug}/`
      return { ...study, problems: located(study.problems, folder), doubts: located(study.doubts, folder) }
    }),
    problems: located(problems, prefix),
  }
}
