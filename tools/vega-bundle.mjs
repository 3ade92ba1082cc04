// Makes templates/vendor/vega.js: what of Vega a reader's browser needs to show a chart, as one classic script, because
// modules do not load from the disk. It is committed, so that a build needs nothing but this package:
//
//     node tools/vega-bundle.mjs        writes it and the licences of what is in it
//
// The same packages give the same bytes; test/vendor.test.ts compares.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { licences, packagesIn } from './licences.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Vega without maps, forces, trees and word clouds; the interpreter runs expressions on pages that forbid eval. */
const ENTRY = `
import { transforms } from 'vega-dataflow'
import * as encode from 'vega-encode'
import { expressionInterpreter } from 'vega-interpreter'
import { parse } from 'vega-parser'
import * as basic from 'vega-transforms'
import { View } from 'vega-view'
import * as view from 'vega-view-transforms'
Object.assign(transforms, basic, view, encode)
globalThis.vega = { View, parse, expressionInterpreter }
`

/** The script and the licences, by their names in templates/vendor/. */
export async function bundle() {
  const { outputFiles, metafile } = await build({
    stdin: { contents: ENTRY, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    charset: 'ascii',
    metafile: true,
    write: false,
  })
  const packages = packagesIn(metafile, root)
  const version = packages.find(({ name }) => name === 'vega-view')?.version
  const banner = `/*! Vega, of which vega-view ${version}. Licences: vega-licences.txt */\n`
  return new Map([
    ['vega.js', banner + (outputFiles[0]?.text ?? '')],
    ['vega-licences.txt', licences(packages, 'vega.js')],
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(root, 'templates/vendor')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of await bundle()) writeFileSync(path.join(folder, name), text)
}
