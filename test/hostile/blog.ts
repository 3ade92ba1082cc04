/** A blog by an author who means harm: every payload at every place where somebody's words go. */
import { createHash } from 'node:crypto'
import { analyse, knowledgeOf, publish } from '../../src/build.ts'
import { readTemplates } from '../../src/files.ts'
import type { Library, StudyFolder } from '../../src/model/library.ts'
import type { Report } from '../../src/model/report.ts'
import type { Source } from '../../src/model/run.ts'
import { PAYLOADS } from './payloads.ts'

const ALL = Object.values(PAYLOADS)

const source = (path: string, text: string): Source => ({
  path,
  text,
  sha256: createHash('sha256').update(text).digest('hex'),
})

/** What no name of a file can hold. */
const fileName = (text: string) => text.replace(/[/\0]/g, '_').slice(0, 60)

const ROW =
  '8G,51200,9,60000,9,30000,6,52000,9,61000,8,190.1,1,16,9000,30,+++++,+++,9000,30,9000,30,+++++,+++,9000,30'

function studyText(facts: object, prose: string): string {
  const lines = Object.entries(facts).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return `---\n${lines.join('\n')}\n---\n${prose}`
}

/** A payload as paragraph, heading, text of links and claims, destination, code, cell, item and quotation. */
function prose(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return `${text}

# ${line}

[${line}](x) [x](<${line}>) [x](${line}) [](value:${line}) [${line}](<claim:lvm.put_block ≥ 1>) [x](<claim:${line}>)

\`${line}\` ![${line}](${line}) <${line}>

| a | ${line} |
| - | - |
| ${line} | b |

- ${line}

> ${line}
`
}

/** One study a payload: in all that is said once. */
function saying(name: string, i: number): StudyFolder {
  const evil = PAYLOADS[name] ?? ''
  const facts = {
    title: evil,
    date: '2020-03',
    authors: [evil],
    licence: evil,
    command: evil,
    host: { cpu: evil, hypervisor: evil, kernel: evil, disk: { link: evil } },
    guest: { filesystem: evil, flags: evil },
    caveats: [evil],
    status: i % 2 === 0 ? 'invalid' : 'superseded',
    reason: evil,
    accepted: [{ file: 'lvm/none.txt', rule: 'no-result', because: evil }],
    [`x${evil}`]: evil,
  }
  const sources = [source('lvm/none.txt', evil)]
  return folder(`said-${i}`, { studyText: studyText(facts, prose(evil)), sources })
}

/** Some payloads: as names of backends, machines and files, and around the results. */
function naming(evils: readonly string[], i: number): StudyFolder {
  const backends = evils.map((title, n) => [`b${n}`, { title, attach: title, effective: title }] as const)
  const alias = Object.fromEntries(evils.map((evil, n) => [`machine-${n}`, evil]))
  const sources = evils.flatMap((evil, n) => [
    source(`b${n}/${fileName(evil)}.csv`, `machine-${n},${ROW}\n`),
    source(`b${n}/raw-${n}.txt`, `${evil}\n${evil.replace(/[\s,]/g, '')},${ROW}\n${evil}`),
  ])
  const facts = { title: evils.slice(0, 3).join(' '), backends: Object.fromEntries(backends), alias }
  return folder(`named-${i}`, { studyText: studyText(facts, ''), sources })
}

function folder(slug: string, parts: Partial<StudyFolder>): StudyFolder {
  return { slug, prefix: `${slug}/`, studyText: null, sources: [], images: [], diagnostics: [], ...parts }
}

/** So many backends go into one study that it still has charts of all. */
const TOGETHER = 12

const GROUPS = Array.from({ length: Math.ceil(ALL.length / TOGETHER) }, (_, i) =>
  ALL.slice(i * TOGETHER, (i + 1) * TOGETHER),
)

/** The folders of its results. */
export function hostileFolders(): StudyFolder[] {
  return [...Object.keys(PAYLOADS).map(saying), ...GROUPS.map(naming)]
}

export interface Blog {
  readonly reports: readonly Report[]
  /** the text of each file; what is copied or drawn is left out */
  readonly files: ReadonlyMap<string, string>
  /** where under templates/ the files lie that are copied from there */
  readonly copies: ReadonlyMap<string, string>
}

let built: Promise<Blog> | undefined

/** The blog, built once in a process. */
export function hostileBlog(): Promise<Blog> {
  built ??= build()
  return built
}

async function build(): Promise<Blog> {
  const templates = readTemplates()
  const knowledge = knowledgeOf(templates)
  const folders = hostileFolders()
  const evil = ALL.slice(0, 40).join(' ').replace(/\s+/g, ' ')
  const siteText = `title: ${JSON.stringify(evil)}\nauthor: ${JSON.stringify(evil)}\nurl: https://bench.example/\n`
  const library: Library = { siteText, folders, diagnostics: [] }
  const reports = folders.map((each) => analyse(each, knowledge))
  const files = await publish(reports, library, templates, {})
  const texts = [...files].flatMap(([path, file]) =>
    typeof file === 'string' ? [[path, file] as const] : [],
  )
  const copies = [...files].flatMap(([path, file]) =>
    typeof file === 'object' && 'copy' in file && file.from === 'templates'
      ? [[path, file.copy] as const]
      : [],
  )
  return { reports, files: new Map(texts), copies: new Map(copies) }
}
