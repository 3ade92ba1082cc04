import * as fs from 'node:fs'
import path from 'node:path'
import { nearest } from './analysis/nearest.ts'
import { compareText } from './model/diagnostic.ts'

/*
 * What lies about a place, for whoever has misspelt it.
 */

/** `Did you mean "results"?`, where something beside a place that is not there has nearly its name; else nothing. */
export function placeHint(place: string): string {
  const { dir, base } = path.parse(path.normalize(place))
  const names = entriesOf(dir || '.').map(({ name }) => name)
  const near = names.includes(base) ? null : nearest(base, names)
  return near === null ? '' : `Did you mean "${path.join(dir, near)}"?`
}

/** The nearest folder above a place that is there. */
export function folderAbove(place: string): string {
  const above = path.dirname(place)
  return above === place || fs.existsSync(above) ? above : folderAbove(above)
}

/** The names of the folders in a folder, sorted; none where it is not there. */
export function foldersIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort(compareText)
}

/** What somebody in this folder types to call the program: where a blog has installed it, npx finds it. */
export function programName(): string {
  return fs.existsSync('node_modules/.bin/bonnie-report') ? 'npx bonnie-report' : 'bonnie-report'
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true })
  } catch {
    return [] // what cannot be looked into holds no hint
  }
}
