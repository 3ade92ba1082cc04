import {
  type Knowledge,
  type Option,
  type Selection,
  type Sourced,
  TOPICS,
  type Topic,
} from '../model/backend.ts'
import { listed, readerWords } from '../model/format.ts'
import type { KnowledgePage } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import type { LadderColumn, LadderTable } from '../model/shelf.ts'
import { comparedWith } from './compared.ts'
import { escapeMarkdown, markdownAddress, Verbatim } from './escape.ts'
import type { Documents, Render, TextPage } from './pages.ts'

/** backends/ and a page for each that is documented, with its sources and the studies that measured it. */
export function backendPages(documents: Documents, render: Render): [string, TextPage][] {
  const { backendPages: known, ladder, reports } = documents
  const all = known.map(({ knowledge }) => knowledge)
  const overview: TextPage = {
    name: 'index',
    section: 'backends',
    title: 'Storage backends',
    description: 'What each storage backend does with a guest’s reads and writes, with sources.',
    markdown: render('pages/backends.md.njk', {
      groups: GROUPS.map(({ hypervisor, title }) => ({
        title,
        rows: all
          .filter((page) => page.hypervisor === hypervisor)
          .map((page) => ({
            title: page.title,
            page: new Verbatim(`${page.id}/index.md`),
            summary: page.summary,
            caches: TRISTATE[page.caches],
            flush: TRISTATE[page.flush],
          })),
      })),
      ladder: ladderView(ladder, all),
    }),
  }
  const pages = known.map((page): [string, TextPage] => [
    `backends/${page.knowledge.id}/`,
    {
      name: 'index',
      section: 'backends',
      title: page.knowledge.title,
      description: page.knowledge.summary,
      markdown: render('pages/backend.md.njk', {
        ...pageView(page, all, reports),
        comparedWith: listed(comparedWith(page.knowledge.id, documents)),
      }),
    },
  ])
  return [['backends/', overview], ...pages]
}

const GROUPS = [
  { hypervisor: 'xen', title: 'Under Xen' },
  { hypervisor: 'kvm', title: 'Under KVM' },
  { hypervisor: 'any', title: 'To compare with' },
] as const

const TRISTATE = { yes: 'yes', no: 'no', unknown: 'it depends' } as const

const FIRST_WRITES = {
  'in place': 'to its place',
  allocates: 'to a place that is allocated then',
  copies: 'after what was there has been copied',
  unknown: 'depends on how the image was made',
} as const satisfies Record<Knowledge['firstWrite'], string>

const TOPIC_WORDS = {
  cache: 'Cache',
  flush: 'Flush',
  cpu: 'Where the work is done',
  limits: 'Limits',
  features: 'Beside speed',
  speed: 'Published speed',
  toolstack: 'Support',
} as const satisfies Record<Topic, string>

function pageView(
  { knowledge: k, body }: KnowledgePage,
  all: readonly Knowledge[],
  reports: readonly Report[],
) {
  const studies = reports.filter((r) => r.backends.some((b) => b.kind === k.id))
  return {
    title: k.title,
    summary: k.summary,
    path: k.path,
    aliases: k.aliases,
    caches: TRISTATE[k.caches],
    flush: TRISTATE[k.flush],
    firstWrite: k.control ? null : FIRST_WRITES[k.firstWrite],
    features: k.features.map(({ name, sources }) => ({ name, sources: citations(k, { sources }) })),
    options: k.options.map((option) => ({
      word: new Verbatim(`\`${option.word}\``),
      does: optionWords(option),
      sources: citations(k, option),
    })),
    attach: k.attach.map((line) => new Verbatim(`\`${line}\``)),
    selections: k.toolstack.map((row) => ({
      lines: new Verbatim(linesOf(row)),
      readBy: readerWords({ tool: row.tool, from: row.from ?? null, below: row.below ?? null }),
      where: row.where ?? null,
      sources: citations(k, row),
    })),
    documented: byTopic(k.documented).map((statement) => ({
      topic: TOPIC_WORDS[statement.about],
      says: statement.says,
      sources: citations(k, statement),
    })),
    disputed: k.disputed.map(({ about, sides }) => ({
      topic: TOPIC_WORDS[about],
      sides: sides.map((side) => ({ says: side.says, sources: citations(k, side) })),
    })),
    body: new Verbatim(cited(k, body.trim())),
    related: relatedTo(k, all),
    sources: Object.entries(k.sources).map(([id, s]) => ({
      id,
      title: s.title,
      url: s.url === undefined ? null : new Verbatim(markdownAddress(s.url)),
    })),
    studies: studies.map((r) => ({
      title: r.study.title,
      page: new Verbatim(`../../${r.study.slug}/report.md`),
    })),
  }
}

/** Statements of one topic together, in the order of the page otherwise. */
function byTopic(documented: Knowledge['documented']): Knowledge['documented'] {
  return TOPICS.flatMap((topic) => documented.filter(({ about }) => about === topic))
}

/** The source ids of a statement, each a link where the source has an address. */
function citations(page: Knowledge, { sources }: Sourced): Verbatim {
  return new Verbatim(sources.map((id) => citation(page, id)).join(', '))
}

function citation(page: Knowledge, id: string): string {
  const url = page.sources[id]?.url
  return url === undefined ? id : `[${id}](${markdownAddress(url)})`
}

/** The text of a page, in which `[S1]` stands for a source. */
function cited(page: Knowledge, text: string): string {
  return text.replace(/\[(S\d+)\]/g, (_, id: string) => citation(page, id))
}

function optionWords({ caches, flush }: Option): string {
  const words = [
    caches === undefined
      ? []
      : caches === 'yes'
        ? 'caches in the host’s memory'
        : 'no cache in the host’s memory',
    flush === undefined
      ? []
      : flush === 'yes'
        ? 'a flush reaches the medium'
        : 'a flush does not reach the medium',
  ]
  return listed(words.flat())
}

/** What a line has to look like to match a row, in words. */
function linesOf({ prefix, target, format, backendtype }: Selection): string {
  const words = [
    prefix === undefined ? [] : `begins with \`${prefix}\``,
    target === undefined ? [] : `leads to a ${target === 'device' ? 'block device' : target}`,
    format === undefined ? [] : `names the format ${format}`,
    backendtype === undefined ? [] : `says \`backendtype=${backendtype}\``,
  ]
  return words.flat().join(' and ')
}

/** The pages whose backends are forms of one another, or the same storage under another hypervisor. */
function relatedTo(page: Knowledge, all: readonly Knowledge[]) {
  const relation = (other: Knowledge): string | null => {
    if (other.id === page.variantOf) return 'of which this is one form'
    if (other.variantOf === page.id) return 'one form of it'
    if (other.id === page.underKvm) return 'the same storage under KVM'
    if (other.underKvm === page.id) return 'the same storage under Xen'
    return other.variantOf !== undefined && other.variantOf === page.variantOf ? 'another form' : null
  }
  return all.flatMap((other) => {
    const is = other.id === page.id ? null : relation(other)
    return is === null
      ? []
      : [{ title: other.title, page: new Verbatim(`../${other.id}/index.md`), relation: is }]
  })
}

/** What attach lines select, stretch by stretch of versions; lines that always select the same stand together. */
function ladderView({ columns, rows }: LadderTable, all: readonly Knowledge[]) {
  const link = (id: string) => {
    const title = all.find((page) => page.id === id)?.title ?? id
    return `[${escapeMarkdown(title)}](${id}/index.md)`
  }
  const groups = new Map<string, { lines: string[]; steps: readonly Step[] }>()
  for (const { line, cells } of rows) {
    const served = cells.map((cell) =>
      cell
        .map(({ id, where }) => `${link(id)}${where === null ? '' : ` ${escapeMarkdown(where)}`}`)
        .join(' or '),
    )
    const group = groups.get(served.join()) ?? { lines: [], steps: stepsOf(columns, served) }
    groups.set(served.join(), { ...group, lines: [...group.lines, `\`${line}\``] })
  }
  return [...groups.values()].map(({ lines, steps }) => ({
    lines: new Verbatim(listed(lines)),
    steps: steps.map(({ column, served }) => ({
      readBy: readerWords(column),
      served: new Verbatim(served),
    })),
  }))
}

interface Step {
  readonly column: LadderColumn
  /** Markdown */
  readonly served: string
}

/** Neighbouring stretches in which the same serves are one; those of which nothing is known are none. */
function stepsOf(columns: readonly LadderColumn[], served: readonly string[]): readonly Step[] {
  const steps: Step[] = []
  for (const [i, column] of columns.entries()) {
    const own = served[i] ?? ''
    const last = steps.at(-1)
    const goesOn =
      last?.served === own && last.column.tool === column.tool && last.column.below === column.from
    if (last && goesOn) steps[steps.length - 1] = { ...last, column: { ...last.column, below: column.below } }
    else if (own !== '') steps.push({ column, served: own })
  }
  return steps
}
