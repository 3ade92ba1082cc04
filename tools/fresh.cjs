// Runs the command line from compiled JavaScript that is up to date:
//
//     node tools/fresh.cjs build …      compiles if a source or a template is newer than dist/, then runs dist/cli.js in this process
//     node tools/fresh.cjs --compile-only
//
// The compiler writes beside dist/ and the result is swapped in whole, so that dist/ never holds half a compilation
// or a file whose source is gone, and what failed to compile is never run.
//
// It is CommonJS, as the command line is, because Node then loads nothing that it needs for modules: of a build that
// changes nothing that would be a noticeable part.
const { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } = require('node:fs')
const path = require('node:path')

const root = path.dirname(__dirname)
const cli = path.join(root, 'dist/cli.js')

function isFresh() {
  const compiled = changedAt(cli)
  const configuration = readdirSync(root).filter((name) => /^tsconfig.*\.json$|^package\.json$/.test(name))
  // what follows from the templates is beside the bundle; the libraries are in it: the last of these names is what npm changes when it installs
  const others = ['templates', 'tools/bundle.mjs', 'node_modules/.package-lock.json']
  const sources = ['src', ...configuration, ...others].map((name) => path.join(root, name))
  return compiled !== undefined && sources.every((place) => newest(place) <= compiled)
}

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}

/** A folder's own time counts too: it tells of files that were removed. */
function newest(place) {
  const stats = statSync(place, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return readdirSync(place).reduce(
    (latest, name) => Math.max(latest, newest(path.join(place, name))),
    stats.mtimeMs,
  )
}

async function compile() {
  const cache = path.join(root, 'node_modules/.cache/bonnie-report')
  mkdirSync(cache, { recursive: true })
  const workshop = mkdtempSync(path.join(cache, 'dist-'))
  const output = path.join(workshop, 'new')
  const started = new Date()
  try {
    const [typed, fault] = await Promise.all([declare(output), bundled(output)])
    // what cannot be bundled does not pass the types either, and they say better what is wrong
    if (typed && fault) console.error(fault)
    if (!typed || fault) return false
    swap(output, path.join(workshop, 'old'))
    utimesSync(cli, started, started) // a source that was edited meanwhile is newer
    return true
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** Checks all types and writes the declarations; whether nothing was wrong. */
async function declare(output) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const project = path.join(root, 'tsconfig.build.json')
  const types = path.join(output, 'types')
  const { spawn } = require('node:child_process')
  const { once } = require('node:events')
  const child = spawn(process.execPath, [tsc, '-p', project, '--outDir', types], { stdio: 'inherit' })
  const [status] = await once(child, 'exit')
  return status === 0
}

/** Why there is no bundle; null where there is one. */
async function bundled(output) {
  const { bundle } = await import('./bundle.mjs')
  return bundle(root, output).then(
    () => null,
    ({ message }) => message,
  )
}

function swap(output, attic) {
  const dist = path.join(root, 'dist')
  if (changedAt(dist) !== undefined) renameSync(dist, attic)
  renameSync(output, dist)
}

function runProgram() {
  if (process.argv[2] === '--compile-only') return
  process.argv.splice(1, 1, cli)
  require(cli)
}

if (isFresh()) runProgram()
else
  compile().then((compiled) => {
    if (compiled) return runProgram()
    console.error('The sources do not compile; nothing was run.')
    process.exitCode = 1
  })
