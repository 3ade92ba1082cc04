/** results/ as somebody who means harm would commit them: the same files for the same seed. */
import fs from 'node:fs'
import path from 'node:path'
import { type Dice, diceOf } from '../dice.ts'
import { outputs } from '../fuzz/outputs.ts'
import { DAMAGES, type Damage } from './damages.ts'
import { NAMES, NODES, nameOf } from './nodes.ts'
import { PATTERN_PATHS, STUDY_TEXTS } from './study-texts.ts'

/** One in so many of a study's files is none. */
const NODES_AMONG = 12
/** One in so many files has a name that means harm. */
const NAMES_AMONG = 4
const FOLDERS = ['lvm', 'loopback', 'blktap2', 'partition', '.', 'lvm/a day', 'nobody-knows', '__proto__']

/**
 * Writes so many files below `folder`, besides the texts of the studies, which are of `longest` characters at most;
 * returns by what each was damaged.
 */
export function writeWorld(
  folder: string,
  count: number,
  seed: string,
  longest = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, string> {
  const outside = path.join(folder, 'outside')
  const results = path.join(folder, 'results')
  fs.mkdirSync(outside, { recursive: true })
  fs.writeFileSync(path.join(outside, 'secret.txt'), 'secret')
  const dice = diceOf(seed)
  const texts = Object.entries(STUDY_TEXTS).filter(([, text]) => text.length <= longest)
  const damages = new Map<string, string>()
  for (const [i, [, text]] of texts.entries()) {
    const study = path.join(results, `s${i}`)
    // before any file has the name of one
    for (const name of FOLDERS) fs.mkdirSync(path.join(study, name), { recursive: true })
    fs.writeFileSync(path.join(study, 'study.md'), text)
    for (const file of PATTERN_PATHS) write(path.join(study, 'lvm', file), 'x')
    const own = Math.floor((count * (i + 1)) / texts.length) - Math.floor((count * i) / texts.length)
    for (let n = 0; n < own; n += 1) {
      const [place, damage] = writeOne(study, outside, n, dice)
      damages.set(path.relative(results, place), damage)
    }
  }
  return damages
}

const SAVED = outputs().map(({ bytes }) => Buffer.from(bytes))

function writeOne(study: string, outside: string, n: number, dice: Dice): [place: string, damage: string] {
  const folder = path.join(study, dice.one(FOLDERS))
  if (dice.below(NODES_AMONG) === 0) {
    const kind = dice.one(Object.keys(NODES))
    const place = path.join(folder, `n${n}`)
    NODES[kind]?.(place, outside)
    return [place, kind]
  }
  const name = nameOf(dice.below(NAMES_AMONG) === 0 ? dice.one(NAMES) : 'run-#.txt', n)
  const [kind, damage] = chosen(dice)
  const place = Buffer.concat([Buffer.from(`${folder}/`), name])
  const bytes = damage.make(dice.one(SAVED), dice, dice.one(SAVED))
  if (!fs.existsSync(place)) fs.writeFileSync(place, bytes)
  return [place.toString(), kind]
}

const SHARES = Object.values(DAMAGES).reduce((sum, { share }) => sum + share, 0)

function chosen(dice: Dice): [string, Damage] {
  let left = dice.below(SHARES)
  for (const [name, damage] of Object.entries(DAMAGES)) {
    left -= damage.share
    if (left < 0) return [name, damage]
  }
  throw new Error('The shares do not add up.')
}

function write(place: string, text: string): void {
  fs.mkdirSync(path.dirname(place), { recursive: true })
  fs.writeFileSync(place, text)
}
