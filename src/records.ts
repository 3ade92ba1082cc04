import * as z from 'zod'
import { Refusal } from './disk.ts'
import { readLarge } from './large.ts'
import { linesOf } from './model/lines.ts'
import { METRIC_IDS } from './model/metric.ts'
import type { Parsed, Source } from './model/run.ts'
import type { RunRecord } from './record-lines.ts'

/*
 * Records of `parse`, read in the place of the files that they tell of.
 */

/** All records of one file, in any order. */
interface FileRecords {
  /** as it was given to `parse` */
  readonly path: string
  readonly sha256: string
  readonly byNumber: Map<number, RunRecord>
}

/** Records in place of sources. Those that fit no source, or are not all there, are left over. */
export class Records {
  readonly #files = new Map<string, FileRecords[]>()
  readonly #used = new Set<FileRecords>()

  /** Reads files of records. Throws a Refusal where one cannot be read. */
  static async read(files: readonly string[]): Promise<Records> {
    const records = new Records()
    for (const file of files) {
      const { source, faults, close } = await readLarge(file)
      const [fault] = faults
      if (fault) throw new Refusal(`${file}: ${fault.message}`, fault.remedy)
      let line = 0
      for (const text of source ? linesOf(source.text) : []) {
        line += 1
        if (text.trim() !== '') records.#add(recordOf(text) ?? refuse(file, line))
      }
      close()
    }
    return records
  }

  #add(record: RunRecord): void {
    const { path, source_sha256: sha256 } = record
    const alike = this.#files.get(sha256) ?? []
    const known = alike.find((file) => file.path === path)
    const file = known ?? { path, sha256, byNumber: new Map() }
    if (!known) this.#files.set(sha256, [...alike, file])
    file.byNumber.set(record.nth, record)
  }

  /**
   * What a source was parsed to; null unless all records of the same bytes at the same path are here. `folder`: what
   * leads to the folder that the source's path is relative to.
   */
  parsed({ path, sha256 }: Source, folder: string): Parsed | null {
    const whole = this.#files.get(sha256)?.filter(isWhole)
    const found = whole?.find((file) => isSame(file.path, folder + path))
    if (!found) return null
    this.#used.add(found)
    const records = [...found.byNumber.values()].toSorted((a, b) => a.nth - b.nth)
    return {
      runs: records.map(({ nth: _n, of: _o, diagnostics: _d, ...run }) => ({ ...run, path })),
      diagnostics: records.flatMap(({ diagnostics = [] }) =>
        diagnostics.map((each) => ({ ...each, place: { ...each.place, file: path } })),
      ),
    }
  }

  /** The paths of files whose records no source was read from. */
  unused(): string[] {
    const all = [...this.#files.values()].flat()
    return all.filter((file) => !this.#used.has(file)).map(({ path }) => path)
  }
}

/** Whether a path that was given to `parse`, in whatever folder, may be that of a source. */
function isSame(given: string, path: string): boolean {
  const [a = [], b = []] = [given, path].map((each) =>
    each.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..'),
  )
  const count = Math.min(a.length, b.length)
  return count > 0 && a.slice(-count).join('/') === b.slice(-count).join('/')
}

function isWhole({ byNumber }: FileRecords): boolean {
  const total = [...byNumber.values()].find((record) => record.of !== undefined)?.of ?? 0
  return (
    total === byNumber.size && Array.from({ length: total }, (_, i) => i + 1).every((n) => byNumber.has(n))
  )
}

function refuse(file: string, line: number): never {
  throw new Refusal(
    `${file}:${line}:1: Expected a record as bonnie-report parse prints it.`,
    'Parse the saved output again, or leave --records out: then everything is parsed from results.',
  )
}

const count = z.int().nullable()
const number = z.number().nullable()

const CELL = z
  .object({
    state: z.enum(['measured', 'at_least', 'not_run', 'defective', 'unreadable']),
    rate: number,
    tolerance: z.number().optional(),
    cpu: number,
    latency_us: number,
    printed: z.string().optional(),
    erratum: z.string().optional(),
    line: count,
    column: count,
  })
  .refine(({ state, rate }) => state !== 'measured' || rate !== null)

const DIAGNOSTIC = z.object({
  level: z.enum(['error', 'warning', 'note']),
  rule: z.string(),
  message: z.string(),
  place: z.object({ file: z.string(), line: z.int(), column: z.int() }),
  excerpt: z.object({ text: z.string(), length: z.int() }).optional(),
  remedy: z.string().optional(),
})

const RECORD = z.object({
  schema: z.literal(1),
  path: z.string(),
  line: z.int(),
  source_sha256: z.string(),
  dialect: z.string(),
  version: z.string().nullable(),
  name: z.string(),
  file_size_mib: number,
  chunk_size: z.string().nullable(),
  concurrency: count,
  seed: count,
  seek_count: count,
  seekers: count,
  num_files: count,
  max_size: count,
  min_size: count,
  num_dirs: count,
  file_kind: z.string().nullable(),
  cells: z.record(z.enum(METRIC_IDS), CELL),
  nth: z.int(),
  of: z.int().optional(),
  diagnostics: z.array(DIAGNOSTIC).optional(),
})

/** The record on a line, its keys in the order in which they were printed; null if it is none. */
function recordOf(text: string): RunRecord | null {
  try {
    const value = JSON.parse(text)
    return RECORD.safeParse(value).success ? value : null
  } catch {
    return null
  }
}
