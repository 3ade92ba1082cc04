import path from 'node:path'
import type { Options } from './commands/command.ts'
import { PROGRAM_FOLDER, TEMPLATES_FOLDER } from './package.ts'
import type { Errand } from './stamp.ts'
import { circumstances, placeOf } from './survey.ts'

/** What a call of `build` asks for, as far as it can be known to be the same as another; null where it cannot. */
export function errandOf(
  operands: readonly string[],
  options: Options,
  color: { readonly out: boolean; readonly err: boolean },
): Errand | null {
  const [folder = 'results'] = operands
  const results = placeOf(folder)
  // records lie anywhere, and the libraries of a program that is not bundled do too
  if (results === null || PROGRAM_FOLDER === null || options.records !== undefined) return null
  const { out, siteUrl, ...manner } = options
  const site = siteOf(out)
  return {
    stamp: path.join(path.dirname(site), `.${path.basename(site)}.stamp`),
    key: JSON.stringify([circumstances(), operands, out, siteUrl]),
    manner: JSON.stringify([manner, color.out, color.err]),
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
