import * as fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * This package: where its own files lie, and which version it is.
 */

/** The folder of this package. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url))

/** Where our templates lie, from src/ as well as from dist/. */
export const TEMPLATES_FOLDER = path.join(PROJECT, 'templates')

/** Where the bundled program lies, its libraries with it; null where it runs from its sources, and they lie elsewhere. */
export const PROGRAM_FOLDER = /\.m?js$/.test(import.meta.url)
  ? fileURLToPath(new URL('.', import.meta.url))
  : null

/** The version of this program. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(PROJECT, 'package.json'), 'utf8'))
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : null
  return String(version)
}
