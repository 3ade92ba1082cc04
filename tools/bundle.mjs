// Makes the JavaScript of dist/: the program and the libraries it needs, in a few files. A command loads those it
// needs and no others, and Node need not look for some hundred modules one by one, which takes longer than most of
// what they do. The types of the public interface are made by the compiler; nothing here checks them.
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { licences, packagesIn } from './licences.mjs'

/** nunjucks asks for Node's modules as CommonJS does. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`

/** Bundles the entries in `root`/src into `output`. Throws where a source cannot be read. */
export async function bundle(root, output) {
  const entries = ['cli', 'index'].map((name) => path.join(root, `src/${name}.ts`))
  const canvas = path.join(root, 'node_modules/vega-canvas/build/vega-canvas.browser.js')
  const { metafile } = await build({
    entryPoints: entries.filter((entry) => existsSync(entry)),
    absWorkingDir: root,
    outdir: output,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: REQUIRE },
    // without these: Vega draws no text on a canvas that happens to be installed, and nunjucks watches no files
    ...(existsSync(canvas) && { alias: { 'vega-canvas': canvas } }),
    external: ['chokidar'],
    metafile: true,
    logLevel: 'silent',
  })
  writeFileSync(path.join(output, 'licences.txt'), licences(packagesIn(metafile, root), 'these files'))
}
