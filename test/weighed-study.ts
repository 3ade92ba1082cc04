/** A made-up study that can be weighed anew, with clear differences: one writes best, one reads best, one seeks best. */
import { createHash } from 'node:crypto'
import { analyse, knowledgeOf, publish } from '../src/build.ts'
import { readTemplates } from '../src/files.ts'
import type { SiteFile, StudyFolder } from '../src/model/library.ts'
import type { Report } from '../src/model/report.ts'

/** Rates of block write, rewrite, block read in KiB/s, and of seeks. */
const RATES = {
  lvm: [90000, 36000, 80000, 170],
  blktap: [70000, 34000, 98000, 176],
  'loopback-direct': [78000, 35000, 85000, 205],
} as const

/** Run-to-run factors of about one per cent around 1. */
const WOBBLE = [1.004, 0.991, 1.009, 0.997, 1.012, 0.988]

const STUDY = `---
title: Three backends that each win something
host: { dom0_ram: 1 GiB, disk: { kind: hdd } }
guest: { ram: 1 GiB, vcpus: 1 }
order: interleaved
backends:
  loopback-direct: { durable: false }
---
`

function output([write, rewrite, read, seeks]: readonly number[], wobble: number): string {
  const cell = (rate = 0, cpu = 10) =>
    `${String(Math.round(rate * wobble)).padStart(5)} ${String(cpu).padStart(3)}`
  const row = [
    `${' '.repeat(5)} ${' '.repeat(3)}`,
    cell(write),
    cell(rewrite),
    `${' '.repeat(5)} ${' '.repeat(3)}`,
  ]
  return `Version 1.03c       ------Sequential Output------ --Sequential Input- --Random-
                    -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--
Machine        Size K/sec %CP K/sec %CP K/sec %CP K/sec %CP K/sec %CP  /sec %CP
vm               8G ${[...row, cell(read)].join(' ')} ${((seeks ?? 0) * wobble).toFixed(1)}   1
`
}

export interface Wish {
  /** of the first backend */
  readonly title?: string
  /** of each backend, six at most */
  readonly runs?: number
}

function folder({ title, runs = WOBBLE.length }: Wish): StudyFolder {
  const sources = Object.entries(RATES).flatMap(([backend, rates], side) =>
    WOBBLE.slice(0, runs).map((_, i) => {
      const text = output(rates, WOBBLE[(i + 2 * side) % WOBBLE.length] ?? 1)
      const sha256 = createHash('sha256').update(`${backend}${i}`).digest('hex')
      return { path: `${backend}/run-${i}.txt`, sha256, text }
    }),
  )
  const named = title === undefined ? '' : `  lvm: { title: ${JSON.stringify(title)} }\n`
  const studyText = STUDY.replace('backends:\n', `backends:\n${named}`)
  return { slug: 'weighed', prefix: 'weighed/', studyText, sources, images: [], diagnostics: [] }
}

/** Its report, and the site that holds nothing else. */
export async function weighedStudy(
  wish: Wish = {},
): Promise<{ readonly report: Report; readonly files: ReadonlyMap<string, SiteFile> }> {
  const templates = readTemplates()
  const study = folder(wish)
  const report = analyse(study, knowledgeOf(templates))
  const library = { siteText: null, folders: [study], diagnostics: [] }
  return { report, files: await publish([report], library, templates, {}) }
}
