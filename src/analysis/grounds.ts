import type { Ground, Knowledge, Reference, Sourced, Statement } from '../model/backend.ts'

/** The sources that something on a page names, written out. */
export function referencesOf(page: Knowledge, { sources }: Sourced): readonly Reference[] {
  return sources.flatMap((id) => page.sources[id] ?? [])
}

/** A statement of a page with its sources written out. */
export function groundOf(page: Knowledge, statement: Statement): Ground {
  return { says: statement.says, sources: referencesOf(page, statement) }
}

/** The sources that a page names, in its front matter and as `[S1]` in its text. */
export function sourceIds(page: Knowledge, body: string): string[] {
  const named = [
    ...page.features,
    ...page.options,
    ...page.toolstack,
    ...page.documented,
    ...page.disputed.flatMap(({ sides }) => sides),
  ].flatMap(({ sources }) => sources)
  return [...new Set([...named, ...[...body.matchAll(/\[(S\d+)\]/g)].map((match) => match[1] ?? '')])]
}
