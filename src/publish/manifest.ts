import path from 'node:path'
import type { FileHash } from '../model/library.ts'

/*
 * manifest.json: what a site was made of and what it is made up of. Whoever has the results can hold a site against
 * it, and a build tells its own files from those that somebody else put there.
 */

export const MANIFEST = 'manifest.json'

export interface Manifest {
  readonly schema: 1
  readonly program: { readonly name: string; readonly version: string }
  /** what --site-url said, where it was given */
  readonly siteUrl?: string
  /** every file that was read below results/ */
  readonly inputs: readonly FileHash[]
  /** every file of the site but this one */
  readonly outputs: readonly FileHash[]
}

/** A manifest as text: one line a file, so that its history shows which changed. */
export function manifestText({ schema, program, siteUrl, inputs, outputs }: Manifest): string {
  const list = (files: readonly FileHash[]) => {
    const lines = files.map(({ sha256, bytes, path }) => JSON.stringify({ sha256, bytes, path }))
    return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`
  }
  const address = siteUrl === undefined ? '' : `"siteUrl": ${JSON.stringify(siteUrl)},\n`
  return `{
"schema": ${schema},
"program": ${JSON.stringify(program)},
${address}"inputs": ${list(inputs)},
"outputs": ${list(outputs)}
}
`
}

/** The manifest that a text is; or, as a sentence, why it is none. Nothing in it leads out of its folder. */
export function readManifest(text: string): Manifest | string {
  const value = parsed(text)
  if (!isObject(value)) return 'This is not JSON.'
  const { schema, program, siteUrl, inputs, outputs } = value
  if (schema !== 1) return `Expected schema 1, got ${JSON.stringify(schema) ?? 'none'}.`
  if (!isObject(program) || typeof program.name !== 'string' || typeof program.version !== 'string')
    return 'Expected the name and the version of a program.'
  if (siteUrl !== undefined && typeof siteUrl !== 'string') return 'Expected an address as siteUrl.'
  if (!Array.isArray(inputs) || !Array.isArray(outputs)) return 'Expected lists of inputs and outputs.'
  const strange = [...inputs, ...outputs].find((file) => !isFileHash(file))
  if (strange !== undefined) return `This is no file of a site: ${JSON.stringify(strange).slice(0, 200)}.`
  const { name, version } = program
  return { schema, program: { name, version }, ...(siteUrl !== undefined && { siteUrl }), inputs, outputs }
}

/** Whether a name is that of a file below a folder, spelt in the only way. */
export function isNameWithin(name: string): boolean {
  const isPlain = path.posix.normalize(name) === name && !name.endsWith('/') && !name.includes('\0')
  return isPlain && !/^(\/|\.{1,2}(\/|$))/.test(name)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // what it is instead does not matter
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isFileHash(value: unknown): value is FileHash {
  if (!isObject(value)) return false
  const { path, bytes, sha256 } = value
  if (typeof path !== 'string' || !isNameWithin(path)) return false
  return Number.isSafeInteger(bytes) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
}
