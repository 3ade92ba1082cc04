import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { factsJsonSchema, siteJsonSchema } from './analysis/editor-schema.ts'
import { Refusal } from './disk.ts'
import { PROJECT, readVersion, TEMPLATES_FOLDER } from './package.ts'

/*
 * What a new blog begins with. Until this package is on npm, the blog holds its tarball: then `npm ci` finds it in
 * every clone.
 */

/** A file of the new blog by its path. */
export interface NewFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** SHELF: which file of templates/ goes where. Neither npm nor git lets names with a dot lie about as they are. */
const COPIED: readonly (readonly [path: string, template: string])[] = [
  ['.gitattributes', 'init/gitattributes'],
  ['.gitignore', 'init/gitignore'],
  ['.github/workflows/pages.yml', 'init/pages.yml'],
  ['.vscode/settings.json', 'init/settings.json'],
  ['README.md', 'init/README.md'],
  ['capture.sh', 'capture.sh'],
  ['results/site.yaml', 'init/site.yaml'],
]

/** The study whose outputs are the sample, and what is taken of it. */
const SAMPLE = { study: 'results/lvm-lab-2026', backends: ['loopback', 'lvm', 'partition'] }

/** Everything but the sample and the package itself; `name` is that of the blog's folder. */
export function blogFiles(name: string): NewFile[] {
  const copied = COPIED.map(([file, template]) => ({ path: file, content: readTemplate(template) }))
  return [
    ...copied,
    { path: 'package.json', content: manifest(name) },
    { path: 'schema/site.json', content: json(siteJsonSchema()) },
    { path: 'schema/study.json', content: json(factsJsonSchema()) },
  ]
}

/** A study of real outputs to look at. */
export function sampleFiles(): NewFile[] {
  const outputs = SAMPLE.backends.flatMap((backend) => {
    const folder = path.join(PROJECT, SAMPLE.study, backend)
    const names = fs.readdirSync(folder).sort()
    return names.map((name) => {
      return { path: `results/sample/${backend}/${name}`, content: fs.readFileSync(path.join(folder, name)) }
    })
  })
  return [{ path: 'results/sample/study.md', content: readTemplate('init/sample.md') }, ...outputs]
}

/** Where in the blog the tarball of this package lies. */
export function tarballPath(): string {
  return `vendor/bonnie-report-${readVersion()}.tgz`
}

/** This package, packed by npm: nothing is fetched. Throws a Refusal where npm cannot. */
export function packSelf(): Uint8Array {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'bonnie-report-'))
  try {
    const words = ['pack', '--silent', '--offline', '--ignore-scripts', '--pack-destination', folder]
    words.push('--cache', path.join(folder, 'cache'))
    // npm is a script of the shell on Windows
    const shell = path.sep === '\\'
    const { status } = spawnSync('npm', words, { cwd: PROJECT, shell, stdio: 'ignore' })
    const packed = fs.readdirSync(folder).find((file) => file.endsWith('.tgz'))
    if (status === 0 && packed !== undefined) return fs.readFileSync(path.join(folder, packed))
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
  throw new Refusal(
    `npm could not pack bonnie-report for ${tarballPath()}.`,
    'Put its tarball there by hand and call init again.',
  )
}

function readTemplate(name: string): Uint8Array {
  return fs.readFileSync(path.join(TEMPLATES_FOLDER, name))
}

function manifest(name: string): string {
  return json({
    name,
    private: true,
    scripts: { build: 'bonnie-report build', check: 'bonnie-report check' },
    dependencies: { 'bonnie-report': `file:${tarballPath()}` },
  })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
