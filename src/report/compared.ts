import type { Found, Indirect, Leg, PairAcross, Way } from '../model/across.ts'
import type { Knowledge } from '../model/backend.ts'
import { counted, listed, sentenceCase } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import {
  agreementSentences,
  foundRatio,
  foundVerdict,
  type Names,
  spanWords,
  testNames,
  unlikeWords,
  wayRatio,
  waysSentence,
} from './compared-words.ts'
import { Verbatim } from './escape.ts'
import type { Documents, Render, TextPage } from './pages.ts'
import { backendFacts } from './view.ts'
import { fileSizes, programsOf, ratioCell, runCounts, runsEach, titleOf } from './words.ts'

/** Where the page lies. No backend may have this name, and a site refuses two pages of one path. */
export const COMPARED = 'backends/compared/'

/** What the page looks up: studies by slug, backends by id. */
interface Shelves {
  readonly studies: ReadonlyMap<string, Report>
  readonly knowledge: readonly Knowledge[]
}

/** The studies side by side, pair by pair, and what follows from them by way of a third backend. */
export function comparedPage(
  { across, reports, backendPages }: Pick<Documents, 'across' | 'reports' | 'backendPages'>,
  render: Render,
): TextPage {
  const shelves: Shelves = {
    studies: new Map(reports.map((report) => [report.study.slug, report])),
    knowledge: backendPages.map(({ knowledge }) => knowledge),
  }
  const measured = across.pairs.filter(({ tests }) => tests.length > 0)
  const several = measured.filter(({ studies }) => studies.length > 1)
  const used = across.studies.filter((slug) => measured.some(({ studies }) => studies.includes(slug)))
  return {
    name: 'index',
    section: 'backends',
    title: 'Backends compared across studies',
    description: 'Every pair of backends with the studies that measured both, side by side and never pooled.',
    markdown: render('pages/compared.md.njk', {
      several: several.map((pair) => pairView(pair, shelves)),
      once: measured.filter((pair) => !several.includes(pair)).map((pair) => onceView(pair, shelves)),
      nowhere: across.pairs
        .filter(({ tests }) => tests.length === 0)
        .map(({ pair }) => listed(namesOf(pair, shelves))),
      indirect: indirectViews(across.indirect, shelves),
      unlike: across.unlike.map(({ pair, through }) =>
        unlikeWords(namesOf(pair, shelves), namesOf(through, shelves)),
      ),
      studies: used.flatMap((slug) => shelves.studies.get(slug) ?? []).map(studyView),
      setAside: across.setAside.map((slug) => studyLink(slug, shelves)),
      unnamed: across.studies.flatMap((slug) => {
        const own = across.unnamed.filter(({ study }) => study === slug)
        const names = listed(own.map(({ backend }) => nameIn(slug, backend, shelves)))
        return own.length === 0 ? [] : [{ ...studyLink(slug, shelves), names, many: own.length > 1 }]
      }),
    }),
  }
}

/** The kinds that are compared with one on this page, by their titles. */
export function comparedWith(
  kind: string,
  { across, backendPages }: Pick<Documents, 'across' | 'backendPages'>,
): string[] {
  const others = across.pairs
    .filter(({ pair, tests }) => pair.includes(kind) && tests.length > 0)
    .flatMap(({ pair }) => pair.filter((id) => id !== kind))
  return backendPages.filter(({ knowledge }) => others.includes(knowledge.id)).map((p) => p.knowledge.title)
}

function namesOf(ids: readonly [string, string], shelves: Shelves): Names
function namesOf(ids: readonly string[], shelves: Shelves): readonly string[]
function namesOf(ids: readonly string[], { knowledge }: Shelves): readonly string[] {
  return ids.map((id) => knowledge.find((page) => page.id === id)?.title ?? id)
}

function nameIn(study: string, backend: string, { studies }: Shelves): string {
  const report = studies.get(study)
  return report ? titleOf(report, backend) : backend
}

function studyLink(slug: string, { studies }: Shelves) {
  const study = studies.get(slug)?.study
  return {
    title: study?.title ?? slug,
    status: study?.status ?? 'current',
    page: new Verbatim(`../../${slug}/report.md`),
  }
}

/** A pair that several studies measured: how they stand to each other, and every number of every study. */
function pairView({ pair, studies, repeats, tests, without }: PairAcross, shelves: Shelves) {
  const names = namesOf(pair, shelves)
  const alone = tests.filter(({ agreement }) => agreement === null).map((test) => test.metric)
  return {
    title: names.join(' and '),
    ratio: `${names[0]} ÷ ${names[1]}`,
    agreements: tests.flatMap((test) => agreementSentences(test, names) ?? []),
    alone: testNames(alone),
    without: testNames(without, 'or'),
    repeats: repeats.map(({ study, of }) => ({
      copy: studyLink(study, shelves),
      of: studyLink(of, shelves),
    })),
    rows: tests.flatMap(({ metric: id, found, agreement }) =>
      found.map((one) => ({
        test: sentenceCase(metric(id).label),
        study: studyLink(one.study, shelves),
        sides: sidesOf(one, found, shelves),
        ratio: foundRatio(one),
        verdict: foundVerdict(one, names),
        tested: agreement && agreement.alike !== 'yes' ? one.test : null,
      })),
    ),
    attached: studies.flatMap((slug) => attachedView(slug, pair, shelves)),
  }
}

/** Which of its backends a row is about, where a study has several of one kind. */
function sidesOf({ study, measured }: Found, all: readonly Found[], shelves: Shelves): string | null {
  if (all.filter((one) => one.study === study).length === 1) return null
  return `${nameIn(study, measured.backend, shelves)} against ${nameIn(study, measured.baseline, shelves)}`
}

/** How the backends of a pair were attached in a study, where it says so. */
function attachedView(slug: string, pair: readonly string[], shelves: Shelves) {
  const report = shelves.studies.get(slug)
  const said = (report?.backends ?? [])
    .filter(({ kind }) => pair.includes(kind ?? ''))
    .flatMap(({ id, title }) => {
      const words = backendFacts(report?.facts.backends?.[id])
      return words.length === 0 ? [] : [`${title} ${words.join(', ')}`]
    })
  return said.length === 0 ? [] : [{ study: studyLink(slug, shelves), said: said.join('; ') }]
}

/** A pair that one study measured: its tests by the verdict they share. */
function onceView({ pair, tests, studies }: PairAcross, shelves: Shelves) {
  const names = namesOf(pair, shelves)
  const told = tests.flatMap(({ metric: id, found }) =>
    found
      .filter(({ disk }) => disk)
      .map((one) => ({
        ratio: `${metric(id).label} ${foundRatio(one)}${bracketed(sidesOf(one, found, shelves))}`,
        verdict: foundVerdict(one, names),
      })),
  )
  return {
    title: names.join(' ÷ '),
    study: studyLink(studies[0] ?? '', shelves),
    verdicts: [...new Set(told.map(({ verdict }) => verdict))].map((verdict) => ({
      verdict,
      ratios: listed(told.filter((one) => one.verdict === verdict).map(({ ratio }) => ratio)),
    })),
  }
}

function bracketed(words: string | null): string {
  return words === null ? '' : ` (${words})`
}

function indirectViews(all: readonly Indirect[], shelves: Shelves) {
  const pairs = [...new Set(all.map(({ pair }) => pair.join(' ')))]
  return pairs.map((key) => {
    const own = all.filter(({ pair }) => pair.join(' ') === key)
    const names = namesOf(own[0]?.pair ?? ['', ''], shelves)
    return {
      title: names.join(' and '),
      ratio: `${names[0]} ÷ ${names[1]}`,
      notes: own.flatMap((one) => waysSentence(one) ?? []),
      rows: own.flatMap((one) => indirectRows(one, shelves)),
    }
  })
}

function indirectRows({ metric: id, ways, count, through, span }: Indirect, shelves: Shelves) {
  const test = sentenceCase(metric(id).label)
  if (ways.length > 0) return ways.map((way) => ({ test, ...wayRow(way, shelves) }))
  const between = listed(namesOf(through, shelves))
  return [{ test, through: between, ratio: spanWords(span), legs: [], count: counted(count, 'way') }]
}

function wayRow(way: Way, shelves: Shelves) {
  const [through = way.through] = namesOf([way.through], shelves)
  return { through, ratio: wayRatio(way), legs: way.legs.map((leg) => legView(leg, shelves)), count: '' }
}

function legView({ study, disk }: Leg, shelves: Shelves) {
  return { study: studyLink(study, shelves), ratio: ratioCell(disk) }
}

/** Where and how a study measured, as far as it says. */
function studyView(report: Report) {
  const { study, facts } = report
  const { cpu, hypervisor, disk } = facts.host ?? {}
  const medium = disk?.kind === undefined || disk.kind === 'unknown' ? undefined : `disk: ${disk.kind}`
  const machine = [cpu, hypervisor, medium]
  const files = fileSizes(report)
  const size = files.length === 0 ? [] : [`${listed(files)} test ${files.length === 1 ? 'file' : 'files'}`]
  const work = [listed(programsOf(report)), ...size, runsEach(runCounts(report))]
  return {
    title: study.title,
    page: new Verbatim(`../../${study.slug}/report.md`),
    facts: [facts.date ?? 'date not given', ...machine, work.join(', ')].filter((word) => word !== undefined),
  }
}
