import path from 'node:path'
import { PROGRAM_FOLDER, TEMPLATES_FOLDER } from '../package.ts'
import { type Errand, type Line, recall, watch } from '../stamp.ts'
import { circumstances, hashOf, placeOf } from '../survey.ts'
import type { Call, ExitCode, Written } from './command.ts'

/*
 * A build that would change nothing is not made: what the last one told is told again. Only what is needed to find
 * that out is loaded before, since loading what builds takes longer than finding out.
 */

/** Builds with `build`, unless that would write the same site and tell the same. */
export async function unlessUnchanged(
  call: Call,
  build: (call: Call, written: Written) => Promise<ExitCode>,
): Promise<ExitCode> {
  const errand = errandOf(call)
  const told = errand && recall(errand)
  if (told) {
    for (const [stream, line] of told.lines) call.io[stream](line)
    return told.code
  }
  const watched = errand && watch(errand)
  const lines: Line[] = []
  let made: Parameters<Written>[0] | null = null
  const code = await build({ ...call, io: recording(call.io, lines) }, (files) => {
    made = files
  })
  if (made && (code === 0 || code === 1)) watched?.keep(made, { code, lines })
  return code
}

/** What is asked for, as far as it can be known to be the same; null where it cannot. */
function errandOf({ operands, options, io }: Call): Errand | null {
  const [folder = 'results'] = operands
  const results = placeOf(folder)
  // records lie anywhere, and the libraries of a program that is not bundled do too
  if (results === null || PROGRAM_FOLDER === null || options.records !== undefined) return null
  const site = siteOf(options.out)
  return {
    stamp: path.join(path.dirname(site), `.${path.basename(site)}.stamp`),
    key: hashOf(JSON.stringify([circumstances(), operands, options, io.color])),
    results,
    templates: TEMPLATES_FOLDER,
    program: PROGRAM_FOLDER,
    site,
    now: Date.now,
  }
}

function siteOf(out: string): string {
  const wanted = path.resolve(out)
  return (
    placeOf(out) ?? path.join(placeOf(path.dirname(wanted)) ?? path.dirname(wanted), path.basename(wanted))
  )
}

/** The same world, which writes down what it is told. */
function recording(io: Call['io'], lines: Line[]): Call['io'] {
  const both = (stream: 'out' | 'err') => (line: string) => {
    lines.push([stream, line])
    io[stream](line)
  }
  return { ...io, out: both('out'), err: both('err') }
}
