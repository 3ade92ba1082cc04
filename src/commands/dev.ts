import { randomUUID } from 'node:crypto'
import { formatDiagnostic } from '../diagnose.ts'
import { kindOf } from '../files.ts'
import { whole } from '../model/format.ts'
import { TEMPLATES_FOLDER } from '../package.ts'
import { emptyPreview, preview } from '../preview.ts'
import { type Service, type Site, serve } from '../serve.ts'
import { watchFolders } from '../watch.ts'
import { diagnosticsToTell, summary } from './build.ts'
import type { Call, ExitCode } from './command.ts'
import { complaintOf } from './complaint.ts'
import { fileForFolder } from './lookup.ts'
import { plural, printProblems } from './problems.ts'
import { findingsOf } from './results.ts'
import { type Draft, openWorkbench } from './workbench.ts'

/** Taken where it is free. */
const PORT = 8080
/** A page names so many problems at most; the terminal has them all. */
const MOST_SHOWN = 20

/** Serves the site of the results until Ctrl-C, and builds it again whenever they change. */
export async function dev(call: Call): Promise<ExitCode> {
  await startDev(call, PORT)
  // Ctrl-C is left to the system: nothing is written that could be cut in half
  return new Promise(() => {})
}

/** Starts the server, at a free port where this one is taken, and the first build. Returns when it can be asked. */
export async function startDev(call: Call, port: number): Promise<Pick<Service, 'address' | 'close'>> {
  const folder = call.operands[0] ?? 'results'
  if (kindOf(folder) === 'file') throw fileForFolder(folder)
  let shown: Shown = { build: '', site: emptyPreview(''), problems: '' }
  let first: Promise<void> | null = null
  const served: Site = {
    async at(file) {
      await first // whoever asks before there is anything waits for it
      return shown.site.at(file)
    },
    lost: () => shown.site.lost(),
  }
  const service = await serve(served, port)
  call.io.out(service.address)
  const rebuild = oneAtATime(
    drafting(call, folder, (next) => {
      shown = { ...shown, ...next }
      service.tell(JSON.stringify({ build: shown.build, problems: shown.problems }))
    }),
  )
  const watch = watchFolders([folder, TEMPLATES_FOLDER], rebuild)
  first = rebuild()
  return {
    address: service.address,
    close() {
      watch.close()
      service.close()
    },
  }
}

/** What pages show: a build by its name, and what is wrong now. */
interface Shown {
  readonly build: string
  readonly site: Site
  readonly problems: string
}

/** Builds, says so, and shows it. Where nothing comes of it, the last good site stays and only the problems are new. */
function drafting(call: Call, folder: string, show: (next: Partial<Shown>) => void): () => Promise<void> {
  const { io, options } = call
  const draw = openWorkbench(call)
  const tell = teller(call)
  return async () => {
    const started = performance.now()
    try {
      const draft = await draw()
      tell(draft, performance.now() - started)
      const problems = problemsText(draft)
      if (draft.files === null) return show({ problems })
      const build = randomUUID()
      const roots = { results: folder, templates: TEMPLATES_FOLDER }
      show({
        build,
        problems,
        site: preview(draft.files, {
          build,
          roots,
          home: draft.home,
          templates: draft.results.templates,
          oldSite: options.out,
        }),
      })
    } catch (error) {
      const { text } = complaintOf(error, {
        verbose: options.verbose,
        help: 'bonnie-report help dev tells what it takes.',
      })
      io.err(text)
      show({ problems: text })
    }
  }
}

/** Does work once more if it was asked for again meanwhile, and never twice at the same time. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let again = false
  const untilDone = async () => {
    do {
      again = false
      await work()
    } while (again)
    running = null
  }
  return () => {
    again = running !== null
    running ??= untilDone()
    return running
  }
}

// ─── words ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Tells the terminal of a build; of problems only where they are not those of the build before. */
function teller({ io, options }: Call): (draft: Draft, ms: number) => void {
  let last = ''
  return ({ results, problems, files }, ms) => {
    const lines: string[] = []
    const told = diagnosticsToTell(problems, findingsOf(results), options)
    printProblems(told, 'text', (line) => lines.push(line), { prefix: results.prefix, color: io.color.err })
    const text = lines.join('\n')
    if (text !== last && text !== '') io.err(text)
    last = text
    if (files && !options.quiet) io.err(`${summary(results)}: built in ${whole(ms)} ms`)
  }
}

/** The errors of a build as the terminal shows them; nothing where there are none. */
function problemsText({ results, problems }: Draft): string {
  const errors = problems.filter(({ level }) => level === 'error')
  const shown = errors
    .slice(0, MOST_SHOWN)
    .map((problem) => formatDiagnostic(problem, { prefix: results.prefix }))
  const more = errors.length - shown.length
  return [...shown, ...(more > 0 ? [`There are ${plural(more, 'more error', 'more errors')}.`] : [])].join(
    '\n\n',
  )
}
