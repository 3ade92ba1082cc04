import { accept } from './analysis/accepted.ts'
import { across } from './analysis/across.ts'
import { assignBackends } from './analysis/assign.ts'
import { bindProse } from './analysis/binding.ts'
import { calibration, checkFacts } from './analysis/checks/calibration.ts'
import { compare } from './analysis/compare.ts'
import { withoutDuplicates } from './analysis/duplicates.ts'
import { type BackendRun, gather } from './analysis/evidence.ts'
import { factPlaces } from './analysis/fact-places.ts'
import {
  readDialectPage,
  readKnowledge,
  readRulePage,
  readSiteText,
  readStudyText,
} from './analysis/front-matter.ts'
import { headline } from './analysis/headline.ts'
import { judge } from './analysis/judge.ts'
import { missingFacts } from './analysis/missing.ts'
import { nearest } from './analysis/nearest.ts'
import { isPublishable, pictureFaults } from './analysis/pictures.ts'
import { planOf } from './analysis/plan.ts'
import { weightTable } from './analysis/profiles.ts'
import { recommend } from './analysis/recommend.ts'
import { costs, latencies, samples, strangers } from './analysis/sample.ts'
import { ladder } from './analysis/selection.ts'
import { trailsOf } from './analysis/trail.ts'
import { defectFacts, dialectFacts } from './bonnie/catalogue.ts'
import { parse, withoutRoom } from './bonnie/parse.ts'
import type { Backend, Knowledge } from './model/backend.ts'
import {
  byPlace,
  compareNatural,
  compareText,
  type Diagnostic,
  type Noted,
  type Place,
} from './model/diagnostic.ts'
import { anew, type Keep } from './model/keep.ts'
import type { KnowledgePage, Library, RulePage, SiteFile, StudyFolder, Templates } from './model/library.ts'
import type { Report, Sample } from './model/report.ts'
import type { Parsed, Run, Source } from './model/run.ts'
import type { Facts, SiteFacts } from './model/study.ts'
import type { MethodDocuments } from './report/pages.ts'
import { composeSite, type Part } from './report/site.ts'

/*
 * The table of contents, as code: what a saved file goes through until it is a page. Everything here is pure;
 * publish is async only because Vega is.
 */

/**
 * One study's folder → everything its pages may say. Problems are in `diagnostics`, places relative to the folder.
 * `known`: what a source was parsed to already, elsewhere.
 */
export function analyse(
  folder: StudyFolder,
  knowledge: readonly Knowledge[],
  known: (source: Source) => Parsed | null = () => null,
): Report {
  const { value: study, diagnostics: unread } = readStudyText(folder.studyText ?? '')
  const { facts } = study
  const places = factPlaces(folder.studyText ?? '')
  const placeOf = places.ofValue
  const parsed = withinRoom(
    folder.sources.map((source) => ({ source, ...(known(source) ?? parseInRoom(source)) })),
  )
  // a file without a result has one problem, not two
  const paths = parsed.filter((p) => p.runs.length > 0).map((p) => p.source.path)
  const assigned = assignBackends(paths, facts, knowledge, folder.prefix, placeOf)
  const saved = parsed
    .flatMap(({ source, runs: found }) => withBackend(found, assigned.backendOf.get(source.path), facts))
    .toSorted((a, b) => compareNatural(a.path, b.path) || a.line - b.line)

  const { value: runs, diagnostics: duplicates } = withoutDuplicates(saved)
  const backends = assigned.backends.filter((b) => runs.some((run) => run.backend === b.id))
  const baseline = baselineOf(facts, backends, placeOf)
  const evidence = gather(backends, runs, knowledge, facts)
  const judgement = judge(evidence, facts)
  const tested = samples(evidence, judgement)
  const comparisons = compare(
    tested,
    backends.map((b) => b.id),
    baseline.value,
    facts,
  )
  const prose = bindProse(study, { evidence, samples: tested, comparisons, facts }, places.ofWords)
  const news = headline({ evidence, samples: tested, comparisons }, baseline.value)

  const advice = recommend(evidence, tested, facts, knowledge)

  const noticed = [
    ...folder.diagnostics,
    ...unread,
    ...assigned.diagnostics,
    ...baseline.diagnostics,
    ...parsed.flatMap((p) => p.diagnostics),
    ...duplicates,
    ...pictureFaults(study, folder.images),
    ...prose.diagnostics,
  ]
  return {
    schema: 1,
    study: {
      slug: folder.slug,
      title: facts.title ?? news.headline.replace(/\.$/, ''),
      baseline: baseline.value,
      status: facts.status ?? 'current',
    },
    ...news,
    facts: withoutAlias(facts),
    sources: parsed.map(({ source, runs: found }) => ({
      path: source.path,
      sha256: source.sha256,
      backend: assigned.backendOf.get(source.path) ?? null,
      runs: found.length,
    })),
    backends,
    runs,
    samples: tested.map(plainSample),
    comparisons,
    costs: costs(evidence),
    latencies: latencies(evidence),
    findings: [...judgement.findings, ...strangers(evidence)],
    ...advice,
    plan: planOf({ evidence, samples: tested }, advice.recommendations, facts),
    claims: prose.claims,
    missing: missingFacts(evidence, facts),
    prose: prose.pieces,
    diagnostics: accept(noticed, facts.accepted ?? [], placeOf).toSorted(byPlace),
  }
}

/** How a site is published: its absolute address, and what earlier calls have made. */
export interface Manner {
  readonly siteUrl?: string
  readonly keep?: Keep
}

/** Reports → every file of the site by its path, in the order of code points. */
export async function publish(
  reports: readonly Report[],
  library: Library,
  templates: Templates,
  manner: Manner,
): Promise<ReadonlyMap<string, SiteFile>> {
  const files = new Map<string, SiteFile>()
  for await (const part of publishing(reports, library, templates, manner))
    for (const [path, file] of part) files.set(path, file)
  return new Map([...files].toSorted(([a], [b]) => compareText(a, b)))
}

/** The same in parts, of which none needs to be held when the next is made. */
export function publishing(
  reports: readonly Report[],
  library: Library,
  templates: Templates,
  { siteUrl, keep = anew }: Manner,
): AsyncGenerator<Part> {
  const { value: site } = siteFacts(library)
  const url = siteUrl ?? site.url
  const backendPages = backendPagesOf(templates, keep)
  const knowledge = backendPages.map((page) => page.knowledge)
  const publishable = (folder: StudyFolder) =>
    keep(`publishable ${folder.slug}`, [folder], () => withPublishable(folder))
  return composeSite({
    backendPages,
    ladder: keep('ladder', [templates], () => ladder(knowledge)),
    method: () => methodDocumentsOf(templates),
    reports,
    across: keep('across', reports, () => across(reports)),
    follow: (report) => trailsOf(report, knowledge),
    library: { ...library, folders: library.folders.map(publishable) },
    templates,
    site: url === undefined ? site : { ...site, url },
    keep,
  })
}

/** What the pages of the method are made of. */
function methodDocumentsOf(templates: Templates): MethodDocuments {
  return {
    rulePages: rulePagesOf(templates),
    dialectPages: textsIn(templates, 'dialects/').map(([path, text]) => readDialectPage(path, text)),
    dialects: dialectFacts(),
    defects: defectFacts(),
    checks: checkFacts(),
    published: calibration(),
    weights: weightTable(),
  }
}

function withPublishable(folder: StudyFolder): StudyFolder {
  return { ...folder, images: folder.images.filter(isPublishable) }
}

/** The facts of the whole blog; places are in site.yaml. */
export function siteFacts(library: Library): Noted<SiteFacts> {
  return library.siteText === null ? { value: {}, diagnostics: [] } : readSiteText(library.siteText)
}

/** What is documented about backends, by the order of their ids. `keep` may remember what earlier calls have read. */
export function knowledgeOf(templates: Templates, keep: Keep = anew): readonly Knowledge[] {
  return backendPagesOf(templates, keep).map((page) => page.knowledge)
}

function backendPagesOf(templates: Templates, keep: Keep): readonly KnowledgePage[] {
  const read = () => textsIn(templates, 'backends/').map(([path, text]) => readKnowledge(path, text))
  const pages = pagesRead.get(templates) ?? keep('backends', [templates], read)
  pagesRead.set(templates, pages)
  return pages
}

/** Both halves of a build need them, and reading YAML with the places of its words takes a tenth of a small one. */
const pagesRead = new WeakMap<Templates, readonly KnowledgePage[]>()

function rulePagesOf(templates: Templates): RulePage[] {
  return textsIn(templates, 'rules/').map(([path, text]) => readRulePage(path, text))
}

function textsIn(templates: Templates, folder: string): [string, string][] {
  return [...templates]
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.md'))
    .toSorted(([a], [b]) => compareText(a, b))
}

/** The runs of a study are judged together, which takes 12 KB of memory for each. */
const MOST_RUNS = 150_000

/** A file of a study: no runs and an error where it alone has more than are judged. */
export function parseInRoom(source: Source): Parsed {
  return parse(source, MOST_RUNS)
}

/** The files of a study, without the runs of those with which they would be more than are judged. */
function withinRoom<T extends Parsed & { readonly source: Source }>(files: readonly T[]): T[] {
  let room = MOST_RUNS
  return files.map((file) => {
    if (file.runs.length > room) return { ...file, ...withoutRoom(file.source, MOST_RUNS) }
    room -= file.runs.length
    return file
  })
}

/** Runs under the backend they belong to, and under the names that the author wants to be shown. */
function withBackend(runs: readonly Run[], backend: string | undefined, { alias = {} }: Facts): BackendRun[] {
  if (backend === undefined) return []
  const shown = (name: string) => (Object.hasOwn(alias, name) ? (alias[name] ?? name) : name)
  return runs.map((run) => ({ ...run, name: shown(run.name), backend }))
}

/** What pages and report.json may say: not which names the aliases stand for. */
function withoutAlias({ alias: _, ...facts }: Facts): Facts {
  return facts
}

/** The declared baseline; else loopback, if the study has it; else its first backend. */
function baselineOf(
  facts: Facts,
  backends: readonly Backend[],
  placeOf: (key: string, value: string) => Place,
): Noted<string | null> {
  const known = (id: string | undefined) => backends.find((b) => b.id === id)?.id
  const chosen = known(facts.baseline) ?? known('loopback') ?? backends[0]?.id ?? null
  if (facts.baseline === undefined || known(facts.baseline)) return { value: chosen, diagnostics: [] }
  const ids = backends.map((b) => b.id)
  const near = nearest(facts.baseline, ids)
  const lost: Diagnostic = {
    level: 'error',
    rule: 'front-matter',
    message: `The baseline "${facts.baseline}" is not a backend with runs in this study.`,
    place: placeOf('baseline', facts.baseline),
    remedy: near ? `Did you mean "${near}"?` : `Name one of ${ids.join(', ')}.`,
  }
  return { value: chosen, diagnostics: [lost] }
}

/** A sample as it stands in report.json, without the runs that it was made of. */
function plainSample({ test, runs, tooFast, ...sample }: ReturnType<typeof samples>[number]): Sample {
  return sample
}
