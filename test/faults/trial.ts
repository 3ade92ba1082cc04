/** One fault in one scene, within this process, and what is then not as it should be. */
import fs from 'node:fs'
import path from 'node:path'
import type { DiskCall, Fault, FaultKind } from './hook.mjs'
import { brokenBefore, brokenIn, leftovers, portrait, unclear } from './oracle.ts'
import { layOut, OWN, type Scene } from './scenes.ts'
import type { Answer, Warm } from './warm.ts'

/** A scene, ready to be broken again and again. */
export interface Stage {
  readonly scene: Scene
  /** the workplace, always the same: messages name it */
  readonly folder: string
  /** its copy, from which it is laid out anew */
  readonly base: string
  readonly warm: Warm
  /** all files of the workplace before and after the command, without what lies beside the site */
  readonly before: string
  readonly after: string
  /** what the command says where nothing fails, and what it says when it is called again */
  readonly told: Answer
  readonly again: Answer
  readonly calls: readonly DiskCall[]
  /** what the disk says of the workplace before the command */
  readonly untouched: string
}

/** Lays a scene out in `home`. */
export async function openStage(home: string, scene: Scene, warm: Warm): Promise<Stage> {
  const [folder, base] = [path.join(home, 'trial'), path.join(home, 'base')]
  for (const each of [folder, base]) fs.rmSync(each, { recursive: true, force: true })
  layOut(folder)
  await scene.prepare(folder, async () => {
    await warm(['build'], folder)
  })
  copyTree(folder, base)
  const before = portraitOf(folder)
  // what the first call remembers, all others need not work out
  await warm(scene.args, folder)
  restore({ folder, base })
  const told = await warm(scene.args, folder, { at: 0, kind: 'EIO', ways: true })
  const after = portraitOf(folder)
  const again = await warm(scene.args, folder)
  restore({ folder, base })
  const { calls } = told
  return { scene, folder, base, warm, before, after, told, again, calls, untouched: glance(folder) }
}

/** Tries a fault; the workplace is then as it was before. */
export async function tryHere(stage: Stage, fault: Fault): Promise<string[]> {
  const { folder, scene, warm, untouched } = stage
  const answer = await warm(scene.args, folder, fault)
  if (fault.kind === 'kill') bury(folder)
  const isUntouched = glance(folder) === untouched
  const wrong = judgeAnswer(stage, fault.kind, answer)
  // where nothing was touched, what follows is what follows without a fault
  if (!isUntouched) wrong.push(...(await judgeRest(stage)))
  if (glance(folder) !== untouched) {
    restore(stage)
    Object.assign(stage, { untouched: glance(folder) })
  }
  return wrong.map((each) => each.replaceAll(folder, ''))
}

function judgeAnswer(stage: Stage, kind: FaultKind, { code, err, out }: Answer): string[] {
  const { folder, before, after, told } = stage
  const now = portraitOf(folder)
  const broken = hasSite(before) || hasSite(now) ? brokenBefore(folder, ownOf(before)) : []
  if (kind === 'kill') return [...broken, ...strangers(stage, now)]
  const said = err.join('\n')
  if (code === 2) {
    const isBuild = stage.scene.args[0] === 'build'
    return [
      ...broken,
      ...unclear(said),
      ...(isBuild && now !== before ? ['the old site changed'] : []),
      ...strangers(stage, now),
    ]
  }
  // what could not be read is a problem of the study, and stands on its page
  if (code === 1 && /error: .*\[unreadable-file\]/.test(said)) return broken
  if (code === told.code && now === after) return broken
  const site = now === before ? 'old' : now === after ? 'new' : 'neither old nor new'
  return [...broken, `exit code ${code}, and the files are ${site}: ${said} ${out.join('\n')}`]
}

/** Files that are neither what they were nor what they were to be. */
function strangers({ before, after }: Stage, now: string): string[] {
  const known = new Set([...before.split('\n'), ...after.split('\n')])
  const others = now.split('\n').filter((line) => !/ site\//.test(line))
  return others.filter((line) => !known.has(line) && line !== '').map((line) => `half a file: ${line}`)
}

async function judgeRest(stage: Stage): Promise<string[]> {
  const { folder, scene, warm, before, after, again } = stage
  await warm(['parse', 'results/loopback-1.txt'], folder)
  const site = path.join(folder, 'site')
  const wrong = hasSite(before) ? brokenIn(site, ownOf(before)).map((each) => `after a command: ${each}`) : []
  await warm(scene.args, folder)
  if (portraitOf(folder) !== after) wrong.push('the next call gives other files')
  wrong.push(...leftovers(folder).map((name) => `the next call leaves ${name}`))
  const last = await warm(scene.args, folder)
  const isSame = last.code === again.code && `${last.err}${last.out}` === `${again.err}${again.out}`
  return isSame && portraitOf(folder) === after ? wrong : [...wrong, 'the call after the next differs']
}

function hasSite(files: string): boolean {
  return / site\//.test(files)
}

/** Of the files that no build wrote those that are there. */
function ownOf(files: string): string[] {
  return OWN.filter((name) => name !== 'main/elsewhere' && files.includes(` site/${name}`))
}

/**
 * Every file of a workplace but what lies beside the site and what is no result yet; an old site that waits to be put
 * back is the site.
 */
function portraitOf(folder: string): string {
  const lines = portrait(folder).split('\n')
  const isThere = fs.existsSync(path.join(folder, 'site'))
  const named = isThere ? lines : lines.map((line) => line.replace(' .site.old/', ' site/')).sort(byName)
  return named.filter((line) => !/ \.site\.|\/\.new-/.test(line)).join('\n')
}

function byName(a: string, b: string): number {
  const [one = '', other = ''] = [a, b].map((line) => line.slice(line.indexOf(' ')))
  return one < other ? -1 : 1
}

/** Whoever was killed holds no lock. */
function bury(folder: string): void {
  const lock = path.join(folder, '.site.lock')
  if (!fs.lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink()) return
  fs.rmSync(lock)
  fs.symlinkSync('1 - -', lock)
}

/** All that the disk says of a folder's files but how many names they have. */
function glance(folder: string): string {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const stat = fs.lstatSync(path.join(folder, name))
      const { ino, size, mode, mtimeMs } = stat
      const isFolder = stat.isDirectory()
      return `${name} ${ino} ${mode} ${isFolder ? '' : `${size} ${mtimeMs}`}`
    })
    .sort()
    .join('\n')
}

function restore({ folder, base }: Pick<Stage, 'folder' | 'base'>): void {
  fs.rmSync(folder, { recursive: true, force: true })
  copyTree(base, folder)
}

function copyTree(from: string, to: string): void {
  fs.cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
}
