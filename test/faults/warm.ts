/**
 * The program within this process, again and again. What it has worked out of the same texts it remembers, as `dev`
 * does, so that a build asks the disk all that any build asks, and takes a tenth of the time.
 */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { recalled } from '../../src/again.ts'
import type { Io } from '../../src/commands/command.ts'
import type { run } from '../../src/commands/run.ts'
import { Dead, type DiskCall, type Fault, withFaultLater } from './hook.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const ONCE = path.join(ROOT, 'test/faults/raster-once.ts')
/** The pages that a small site can do without: the others are written in the same ways. */
const SPARE = /^(?:rules\/(?!above-own-bound).*|backends\/(?!(?:blktap|loopback|lvm)\.md).*)\.md$/

export interface Answer {
  /** null: it was killed */
  readonly code: number | null
  readonly out: readonly string[]
  readonly err: readonly string[]
  readonly calls: readonly DiskCall[]
}

/** Runs the program with some words in a folder. */
export type Warm = (args: readonly string[], folder: string, fault?: Fault) => Promise<Answer>

interface Program {
  readonly recalled: typeof recalled
  readonly run: typeof run
}

/** Sets the program up in a folder, with fewer templates than it has. */
export async function openWarm(home: string): Promise<Warm> {
  for (const name of ['package.json', 'templates', 'results/lvm-lab-2026'])
    fs.cpSync(path.join(ROOT, name), path.join(home, name), { recursive: true, filter: isNeeded })
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'))
  await bundled(path.join(home, 'dist'))
  const program: Program = await import(pathToFileURL(path.join(home, 'dist/warm-entry.mjs')).href)
  return async (args, folder, fault = { at: 0, kind: 'EIO' }) => {
    process.chdir(folder)
    const [out, err]: [string[], string[]] = [[], []]
    let code: number | null = null
    const calls = await withFaultLater(fault, async () => {
      try {
        const told = program.recalled(args)
        for (const [stream, line] of told?.lines ?? []) (stream === 'out' ? out : err).push(line)
        code = told?.code ?? (await program.run(args, ioTo(out, err)))
      } catch (error) {
        if (!(error instanceof Dead)) throw error
      }
    })
    return { code: fault.kind === 'kill' && fault.at > 0 ? null : code, out, err, calls }
  }
}

function isNeeded(place: string): boolean {
  const [, name = ''] = /\/templates\/(.*)$/.exec(place) ?? []
  return !SPARE.test(name)
}

function ioTo(out: string[], err: string[]): Io {
  return {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    ready: async () => {},
    status: () => {},
    uninterrupted: async (act) => act(),
    stdin: async function* () {},
    stdinIsTerminal: false,
    columns: 80,
    color: { out: false, err: false },
  }
}

/** Nobody asks for work to be done anew, and no picture is drawn twice. */
const remembering: Plugin = {
  name: 'remembering',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\/model\/keep\.ts$/ }, ({ path: file }) => ({
      contents: `import { openMemory } from '../memory.ts'; export const anew = openMemory()`,
      resolveDir: path.dirname(file),
      loader: 'ts',
    }))
    bundler.onResolve({ filter: /\/report\/raster\.ts$/ }, ({ importer }) =>
      importer === ONCE ? undefined : { path: ONCE },
    )
  },
}

async function bundled(output: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [path.join(ROOT, 'test/faults/warm-entry.ts')],
    outdir: output,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    charset: 'utf8',
    logLevel: 'silent',
    plugins: [remembering],
    alias: { 'vega-canvas': path.join(ROOT, 'node_modules/vega-canvas/build/vega-canvas.browser.js') },
    external: ['chokidar'],
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
  })
}
