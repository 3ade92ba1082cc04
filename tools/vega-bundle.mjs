// Makes templates/vendor/vega.js: what of Vega a reader's browser needs to show a chart, as one classic script, because
// modules do not load from the disk. It is committed, so that a build needs nothing but this package:
//
//     node tools/vega-bundle.mjs        writes it and the licences of what is in it
//
// The same packages give the same bytes; test/vendor.test.ts compares.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

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
  const folders = Object.keys(metafile.inputs).flatMap((file) => packageFolder(file) ?? [])
  const packages = [...new Set(folders)].sort().map(readPackage)
  const version = packages.find(({ name }) => name === 'vega-view')?.version
  const banner = `/*! Vega, of which vega-view ${version}. Licences: vega-licences.txt */\n`
  return new Map([
    ['vega.js', banner + (outputFiles[0]?.text ?? '')],
    ['vega-licences.txt', licences(packages)],
  ])
}

function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'))
  const file = readdirSync(path.join(root, folder)).find((each) => /^licen[cs]e/i.test(each))
  const text = file ? readFileSync(path.join(root, folder, file), 'utf8').trim() : `Licence: ${license}`
  return { name, version, text }
}

/** Each licence once, under the packages that come with it. */
function licences(packages) {
  const byText = new Map()
  for (const one of packages) byText.set(one.text, [...(byText.get(one.text) ?? []), one])
  const rule = '-'.repeat(78)
  const parts = [...byText].map(([text, own]) => {
    return `${own.map(({ name, version }) => `${name} ${version}`).join(', ')}\n\n${text}\n`
  })
  return `The licences of what is in vega.js.\n\n${rule}\n${parts.join(`\n${rule}\n`)}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(root, 'templates/vendor')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of await bundle()) writeFileSync(path.join(folder, name), text)
}
