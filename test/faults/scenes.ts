/** What the campaign breaks: a small blog, and commands that write something new to it. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const LOGS = fileURLToPath(new URL('../fixtures/cli/inputs/two-logs', import.meta.url))

export interface Scene {
  /** what is broken */
  readonly args: readonly string[]
  /** makes the workplace ready, once the blog was laid out; `build` builds its site */
  prepare(folder: string, build: () => Promise<void>): Promise<void>
}

/** Files in the site that no build wrote. */
export const OWN = ['CNAME', 'main/note.txt', 'main/elsewhere']

/** SHELF: scenes by their names. */
export const SCENES: Readonly<Record<string, Scene>> = {
  first: { args: ['build'], prepare: async () => {} },
  again: {
    args: ['build'],
    prepare: async (folder, build) => {
      await build()
      addOwn(folder)
      fs.renameSync(path.join(folder, 'results/blktap-1.txt'), path.join(folder, 'results/lvm-1.txt'))
      fs.appendFileSync(path.join(folder, 'results/study.md'), '\nMore.\n')
    },
  },
  same: { args: ['build'], prepare: (_, build) => build() },
  interrupted: {
    args: ['build'],
    prepare: async (folder, build) => {
      await build()
      const beside = (name: string) => path.join(folder, `.site.${name}`)
      fs.cpSync(path.join(folder, 'site'), beside('new'), { recursive: true })
      fs.rmSync(path.join(beside('new'), 'manifest.json'))
      fs.cpSync(beside('new'), beside('gone'), { recursive: true })
      fs.renameSync(path.join(folder, 'site'), beside('old'))
      fs.symlinkSync('1 - -', beside('lock'))
      fs.writeFileSync(path.join(folder, 'results/site.yaml'), 'title: Another\n')
    },
  },
  add: {
    args: ['add', 'new/lvm', '--study', 'fresh', '--backend', 'own'],
    prepare: async (folder) => {
      for (const name of ['one.txt', 'two.txt'])
        copyInto(path.join(LOGS, 'loopback-1.txt'), path.join(folder, 'new/lvm', name))
    },
  },
  init: {
    args: ['init', 'blog'],
    // with the package there already npm is not asked for it
    prepare: async (folder) => {
      const { version } = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
      const place = path.join(folder, `blog/vendor/bonnie-report-${version}.tgz`)
      fs.mkdirSync(path.dirname(place), { recursive: true })
      fs.writeFileSync(place, '')
    },
  },
}

/** Results with prose, a picture, an address, and nothing that is large. */
export function layOut(folder: string): void {
  const results = path.join(folder, 'results')
  fs.cpSync(LOGS, results, { recursive: true })
  const picture = new URL('../../templates/favicon.svg', import.meta.url)
  fs.writeFileSync(path.join(results, 'study.md'), 'As measured:\n\n![the rack](rack.png)\n')
  fs.copyFileSync(picture, path.join(results, 'rack.png'))
  fs.writeFileSync(path.join(results, 'site.yaml'), 'title: A blog\nurl: https://example.org/blog/\n')
}

function addOwn(folder: string): void {
  const [name = '', note = '', link = ''] = OWN.map((own) => path.join(folder, 'site', own))
  fs.writeFileSync(name, 'example.org\n')
  fs.writeFileSync(note, 'mine\n')
  fs.symlinkSync('note.txt', link)
}

function copyInto(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true })
  fs.copyFileSync(from, to)
}
