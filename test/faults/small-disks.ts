import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { program } from './build-world.ts'
import { brokenBefore, brokenIn, leftovers, portrait, unclear } from './oracle.ts'

/** Too little room for a site, for two, and too few files; the last has enough of all. */
const DISKS = [
  'size=300k',
  'size=2m',
  'size=4m',
  'size=6m',
  'nr_inodes=60',
  'nr_inodes=400',
  'nr_inodes=500',
  'size=64m',
]

/** Builds twice on real disks of some size, where one may be mounted. Returns how often the site was not whole. */
export async function fillDisks(root: string): Promise<number> {
  const disk = fs.mkdtempSync(path.join(tmpdir(), 'disk-'))
  let failed = 0
  for (const room of DISKS) {
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', room, 'tmpfs', disk]).status !== 0) {
      console.log('no disk may be mounted here: none was filled')
      break
    }
    try {
      const wrong = await buildTwice(disk, root)
      if (wrong.length > 0) failed += 1
      console.log(`a disk of ${room}: ${wrong.join('; ') || 'fine'}`)
    } finally {
      spawnSync('umount', [disk])
    }
  }
  fs.rmdirSync(disk)
  return failed
}

async function buildTwice(disk: string, root: string): Promise<string[]> {
  const [results, site] = [path.join(disk, 'results'), path.join(disk, 'site')]
  fs.cpSync(path.join(root, 'test/fixtures/cli/inputs/two-logs'), results, { recursive: true })
  const saved = portrait(results)
  const wrong: string[] = []
  for (const title of ['one', 'another']) {
    const before = fs.existsSync(site) ? portrait(site) : null
    const args = ['build', 'results', '--site-url', `https://${title}.example/`]
    const { code, stderr } = await program(args, disk)
    if (code === 2) {
      wrong.push(...unclear(stderr), ...(/full/.test(stderr) ? [] : [`another reason: ${stderr}`]))
      if (before !== (fs.existsSync(site) ? portrait(site) : null)) wrong.push('the old site changed')
    } else if (code !== 0) wrong.push(`exit code ${code}: ${stderr}`)
    if (fs.existsSync(site)) wrong.push(...brokenBefore(disk), ...brokenIn(site))
    wrong.push(...leftovers(disk).map((name) => `leaves ${name}`))
  }
  return portrait(results) === saved ? wrong : [...wrong, 'results changed']
}
