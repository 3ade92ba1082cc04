import * as fs from 'node:fs'
import path from 'node:path'

/*
 * Watching folders. What the system tells of changes is taken as a hint only, since it loses folders that are removed
 * and made again, and is silent on some disks: after each hint, and after some time without one, we look ourselves.
 * So a folder may vanish and come back, or not be there to begin with.
 */

/** An editor writes a file in several steps: we look when nothing has been heard for so long. */
const QUIET_MS = 20
/** How long to wait for a hint, unless looking takes so long that nothing else would be done. */
const PATIENCE_MS = 500
const MOST_SHARE = 1 / 20

export interface Watch {
  close(): void
}

/**
 * Calls `changed` soon after something below these folders may have changed: once for what changes together. Names
 * that begin with a dot do not count.
 */
export function watchFolders(folders: readonly string[], changed: () => void): Watch {
  const roots = folders.map((folder) => path.resolve(folder))
  const ears = new Map<string, Ear>()
  let seen = survey(roots)
  let timer: NodeJS.Timeout

  const lookIn = (ms: number, isHinted: boolean) => {
    clearTimeout(timer)
    timer = setTimeout(look, ms, isHinted)
  }
  const listen = () => tune(ears, seen.folders, () => lookIn(QUIET_MS, true))
  const look = (isHinted: boolean) => {
    const started = performance.now()
    const last = seen
    seen = survey(roots)
    const isNew = listen()
    const cost = performance.now() - started
    // what changed in a folder before it was listened to is seen by looking once more
    lookIn(isNew ? QUIET_MS : Math.max(PATIENCE_MS, cost / MOST_SHARE), false)
    if (isHinted || seen.text !== last.text) changed()
  }
  listen()
  lookIn(QUIET_MS, false)

  return {
    close() {
      clearTimeout(timer)
      for (const { watcher } of ears.values()) watcher?.close()
    },
  }
}

// ─── looking ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Survey {
  /** differs when anything has changed */
  readonly text: string
  /** every folder that there is to listen to, by a name of its own */
  readonly folders: ReadonlyMap<string, Folder>
}

interface Folder {
  readonly place: string
  /** another folder may come to lie at its place */
  readonly inode: number
  /** the only name in it that matters; null where all do */
  readonly only: string | null
}

function survey(roots: readonly string[]): Survey {
  const lines: string[] = []
  const folders = new Map<string, Folder>()
  const visit = (place: string, stats: fs.Stats | null) => {
    const isFolder = stats?.isDirectory() ?? false
    // a folder's own time tells of names with a dot too; the others follow
    const content = isFolder ? '' : `${stats?.size} ${stats?.ctimeMs}`
    lines.push(`${place} ${stats?.ino} ${stats?.mode} ${content}`)
    if (!stats || !isFolder) return
    folders.set(place, { place, inode: stats.ino, only: null })
    for (const name of namesIn(place)) {
      const child = path.join(place, name)
      visit(
        child,
        orNull(() => fs.lstatSync(child)),
      )
    }
  }
  for (const root of roots) {
    const place = path.dirname(root)
    const above = orNull(() => fs.statSync(place))
    // tells when the root itself comes and goes
    if (above) folders.set(`above ${root}`, { place, inode: above.ino, only: path.basename(root) })
    visit(
      root,
      orNull(() => fs.statSync(root)),
    )
  }
  return { text: lines.join('\n'), folders }
}

function namesIn(folder: string): string[] {
  return (orNull(() => fs.readdirSync(folder)) ?? []).filter((name) => !name.startsWith('.'))
}

/** What is gone meanwhile, or locked, is as good as not there: whatever changes that shows. */
function orNull<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}

// ─── listening ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A folder the system tells us of; without a watcher where it would not. */
interface Ear {
  readonly inode: number
  readonly watcher: fs.FSWatcher | null
}

/** Listens to these folders and to no others; returns whether one of them is new. */
function tune(ears: Map<string, Ear>, folders: Survey['folders'], heard: () => void): boolean {
  for (const [key, { inode, watcher }] of ears) {
    if (folders.get(key)?.inode === inode) continue
    watcher?.close()
    ears.delete(key)
  }
  const added = [...folders].filter(([key]) => !ears.has(key))
  for (const [key, { place, inode, only }] of added) {
    const watcher = orNull(() =>
      fs.watch(place, (_, name) => {
        if (only === null ? !name?.startsWith('.') : name === only) heard()
      }),
    )
    // a folder that is removed may end in an error: that it is gone is seen by looking
    watcher?.on('error', () => watcher.close())
    ears.set(key, { inode, watcher })
  }
  return added.length > 0
}
