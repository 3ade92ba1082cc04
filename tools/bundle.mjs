// Makes the JavaScript of dist/: the program and the libraries it needs, in a few files. A command loads those it
// needs and no others, and Node need not look for some hundred modules one by one, which takes longer than most of
// what they do. The types of the public interface are made by the compiler; nothing here checks them.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { licences, packagesIn } from './licences.mjs'

/** What all of dist/ has in common. */
const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  legalComments: 'none',
  // what is not there need not be read; names stay, so that the trace of a fault says where it was
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  logLevel: 'silent',
}

/** Bundles the sources in `root`/src into `output`. Throws where a source cannot be read. */
export async function bundle(root, output) {
  mkdirSync(output, { recursive: true })
  // cli.js is CommonJS, which Node loads sooner; all else is .mjs, and the types are those of modules
  writeFileSync(path.join(output, 'package.json'), '{ "type": "commonjs" }\n')
  mkdirSync(path.join(output, 'types'), { recursive: true })
  writeFileSync(path.join(output, 'types/package.json'), '{ "type": "module" }\n')
  const made = await Promise.all([bundleProgram(root, output), bundleStart(root, output)])
  const inputs = Object.assign({}, ...made.map(({ metafile }) => metafile.inputs))
  writeFileSync(path.join(output, 'licences.txt'), licences(packagesIn({ inputs }, root), 'these files'))
  await prepare(root, output)
}

/** What the program makes of the templates, whatever the results, is made now and put beside it. */
async function prepare(root, output) {
  const program = path.join(output, 'prepare.mjs')
  if (!existsSync(program)) return
  const made = await import(pathToFileURL(program).href)
  for (const [name, text] of await made.prepare(path.join(root, 'templates')))
    writeFileSync(path.join(output, name), text)
}

/** The program and its public interface, in files that share what both need. */
function bundleProgram(root, output) {
  const entries = ['main', 'index', 'prepare'].map((name) => path.join(root, `src/${name}.ts`))
  const canvas = path.join(root, 'node_modules/vega-canvas/build/vega-canvas.browser.js')
  return build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: entries.filter((entry) => existsSync(entry)),
    outdir: output,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    // nunjucks asks for Node's modules as CommonJS does
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
    // Vega draws no text on a canvas that happens to be installed, and nunjucks watches no files
    ...(existsSync(canvas) && { alias: { 'vega-canvas': canvas } }),
    external: ['chokidar'],
    // resvg asks whether it was given an answer from the network, at which Node would load all that fetches one
    define: { Request: 'undefined', Response: 'undefined' },
  })
}

/** Where the process begins. What it loads later lies in the program. */
function bundleStart(root, output) {
  return build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [path.join(root, 'src/cli.ts')],
    outdir: output,
    format: 'cjs',
    banner: { js: `const ADDRESS = require('node:url').pathToFileURL(__filename).href;` },
    define: { 'import.meta.url': 'ADDRESS' },
    plugins: [{ name: 'later', setup: (bundler) => bundler.onResolve({ filter: /\.ts$/ }, later) }],
  })
}

function later({ kind, path: file }) {
  return kind === 'dynamic-import' ? { path: file.replace(/\.ts$/, '.mjs'), external: true } : undefined
}
