import path from 'node:path'
import { slugOf } from '../analysis/assign.ts'
import { visible } from '../diagnose.ts'
import { Refusal } from '../disk.ts'
import { filesBelow, kindOf } from '../files.ts'
import { blogFiles, type NewFile, packSelf, sampleFiles, tarballPath } from '../new-blog.ts'
import { type Placed, writeNew } from '../new-files.ts'
import type { Call, ExitCode } from './command.ts'
import { plural } from './problems.ts'
import { quoted } from './words.ts'

/** Makes a folder a blog that builds and publishes. What is there already is left and named. */
export async function init({ operands: [folder = '.'], options, io }: Call): Promise<ExitCode> {
  if (kindOf(folder) === 'file') {
    throw new Refusal(`${folder} is a file; expected a folder for the blog.`, 'Name a folder, new or not.')
  }
  const place = (file: string) => path.join(folder, file)
  // what an init that was broken off has left is none of one's own
  const found = kindOf(place('results')) === 'folder' ? filesBelow(place('results')).files : []
  const hasResults = found.some((file) => !/^(site\.yaml$|sample\/)/.test(file))
  const tarball = tarballPath()
  const told: string[] = []
  const write = ({ path: file, content }: NewFile): Placed => {
    const placed = writeNew(place(file), content)
    if (placed === 'other') io.err(`${visible(place(file))} was there and is left as it was.`)
    return placed
  }

  const name = slugOf(path.basename(path.resolve(folder)))
  const placed = new Map(blogFiles(name).map((file) => [file.path, write(file)]))
  io.status('Packing bonnie-report')
  if (kindOf(place(tarball)) === null) placed.set(tarball, write({ path: tarball, content: packSelf() }))
  for (const [file, how] of placed) if (how === 'new') told.push(file)
  // a sample has no place among results of one's own
  const sample = hasResults ? [] : sampleFiles()
  const written = sample.filter((file) => write(file) === 'new').length
  if (written > 0) told.push(`results/sample/ (${plural(written, 'file')})`)

  if (options.quiet) return 0
  io.out(told.length > 0 ? `Written to ${visible(folder)}:` : `${visible(folder)} has everything already.`)
  for (const file of told.toSorted()) io.out(`  ${file}`)
  for (const line of nextSteps(folder, placed.get('package.json') === 'other' ? ` ./${tarball}` : ''))
    io.out(line)
  return 0
}

/** What is to be typed until a report of one's own stands there. `what` npm has to install beside what it knows. */
function nextSteps(folder: string, what: string): string[] {
  const enter = path.resolve(folder) === path.resolve('.') ? [] : [`cd ${quoted(folder)}`]
  const steps = [
    ...enter,
    `npm install${what}`,
    'npx bonnie-report add LOG… --study my-server --backend lvm',
    'npx bonnie-report build',
  ]
  return [
    'Next:',
    ...steps.map((step) => `  ${step}`),
    'Then open site/index.html. README.md tells the rest.',
  ]
}
