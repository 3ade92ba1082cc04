import { compareText, type Diagnostic } from './model/diagnostic.ts'

/*
 * What the names below results/ mean: which folder is a study, what belongs to the flat study, which names cannot be.
 */

const IMAGE = /\.(png|jpe?g|gif|webp|avif)$/i
const SLUG = /^[a-z0-9][a-z0-9-]*$/
/** Addresses the site needs for itself. */
const TAKEN = ['backends', 'method', 'fonts', 'vendor']

/** The files of one study, relative to results/; the flat study has the folder ''. */
export interface StudyFiles {
  readonly slug: string
  readonly prefix: string
  readonly files: readonly string[]
}

export interface Layout {
  readonly studies: readonly StudyFiles[]
  readonly faults: readonly Diagnostic[]
  /** the prefix of the study a path belongs to; null where none does */
  prefixOf(file: string): string | null
}

/**
 * A folder is a study unless it holds no study.md and is called as one of `names`, the known backends in small
 * letters: then it belongs, as loose files do, to the flat study `main`.
 */
export function layOut(files: readonly string[], names: ReadonlySet<string>): Layout {
  const byTop = new Map<string, string[]>()
  for (const file of files) {
    const top = file.includes('/') ? file.slice(0, file.indexOf('/')) : ''
    if (file === 'site.yaml') continue
    const own = byTop.get(top)
    if (own) own.push(file)
    else byTop.set(top, [file])
  }
  const tops = new Set([...byTop.keys()].filter((top) => holdsStudy(top, byTop.get(top) ?? [], names)))
  const flat = [...byTop].flatMap(([top, own]) => (tops.has(top) ? [] : own))
  const hasMain = flat.some((file) => !isImage(file))
  const faults = [...tops].flatMap((top) => slugFault(top, hasMain))
  const bad = new Set(faults.map(({ place }) => place.file))
  const good = new Set([...tops].filter((top) => !bad.has(top)))
  const studies = [...good].map((top) => ({ slug: top, prefix: `${top}/`, files: byTop.get(top) ?? [] }))
  if (hasMain) studies.push({ slug: 'main', prefix: '', files: flat })
  return {
    studies: studies.sort((a, b) => compareText(a.slug, b.slug)),
    faults,
    prefixOf: (file) => {
      const top = file.includes('/') ? file.slice(0, file.indexOf('/')) : ''
      if (good.has(top)) return `${top}/`
      return hasMain && !tops.has(top) ? '' : null
    },
  }
}

/** Whether a file is a picture for the prose rather than saved output. */
export function isImage(file: string): boolean {
  return IMAGE.test(file)
}

function holdsStudy(top: string, files: readonly string[], names: ReadonlySet<string>): boolean {
  if (top === '') return false
  if (files.includes(`${top}/study.md`)) return true
  // pictures alone belong to the prose of the flat study
  return !names.has(top.toLowerCase()) && files.some((file) => !isImage(file))
}

/** What keeps a folder of that name from being a study; `hasMain`: files that lie in no study make one up. */
export function slugFault(name: string, hasMain: boolean): Diagnostic[] {
  const fault = (message: string): Diagnostic[] => {
    const remedy = `Rename the folder, for example to "${slugLike(name)}".`
    return [{ level: 'error', rule: 'slug', message, place: { file: name, line: 1, column: 1 }, remedy }]
  }
  if (!SLUG.test(name)) return fault(`Expected a folder name of a-z, 0-9 and hyphens, got "${name}".`)
  if (TAKEN.includes(name)) return fault(`The site keeps "${name}" for pages of its own.`)
  const twice = 'Files that lie in no study make up the study "main", so no folder can be called so.'
  return name === 'main' && hasMain ? fault(twice) : []
}

/** A name that a study may have, as near to this one as can be. */
export function slugLike(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'study'
  return TAKEN.includes(slug) || slug === 'main' ? `${slug}-study` : slug
}
