// What is measured beside what, and the target of each.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeRows } from './bench-large.mjs'

/** Rows of the large files; how many saved outputs lie in the folders, smaller before larger; articles of a blog. */
const SIZES = {
  short: { rows: 1000, more: 2000, files: [10, 100], studies: [100, 200], articles: 20 },
  usual: { rows: 10_000, more: 20_000, files: [100, 1000], studies: [200, 1000], articles: 100 },
  full: { rows: 100_000, more: 150_000, files: [100, 10_000], studies: [10_000, 100_000], articles: 1000 },
}

const NODE = { command: process.execPath, args: ['-e', '0'] }

/** Pairs of commands; `a` is ours. `missing` says which peer is not there. */
export function pairs({ root, folder, size, eleventy }) {
  const bench = {
    sizes: SIZES[size],
    at: (name) => path.join(folder, name),
    build: (results, site) => ours(root, folder, 'build', results, '-o', site),
    ours: (...args) => ours(root, folder, ...args),
  }
  const shipped = bench.build(path.join(root, 'results'), bench.at('site'))
  return [
    {
      name: 'build, nothing changed / node -e 0',
      target: 1.4,
      a: shipped,
      b: NODE,
      prepare: () => settle(shipped),
    },
    coldSeed(root, bench),
    npmBuild(root, bench),
    ...largeFiles(bench),
    ...manyFiles(bench),
    articles(bench, eleventy),
  ]
}

function ours(root, cwd, ...args) {
  return { command: process.execPath, args: [path.join(root, 'dist/cli.js'), ...args], cwd }
}

/** Builds, and again once every file is older than a step of the disk's clock. */
function settle({ command, args, cwd }) {
  const run = () => spawnSync(command, args, { cwd, stdio: 'ignore' })
  run()
  spawnSync('sleep', ['2.5'])
  run()
}

function coldSeed(root, { at, build }) {
  const study = 'xen-file-backed-vbd'
  const before = () => rmSync(at('seed-site'), { recursive: true, force: true })
  return {
    name: 'build of one study, no site yet / node -e 0',
    target: 4,
    a: { ...build(at('seed'), at('seed-site')), before },
    b: NODE,
    prepare: () => cpSync(path.join(root, 'results', study), at(`seed/${study}`), { recursive: true }),
  }
}

/** In a project of its own, so that nobody's site is touched. */
function npmBuild(root, { at }) {
  const npm = (script) => ({ command: 'npm', args: ['run', script], cwd: at('project') })
  return {
    name: 'npm run build, nothing changed / an empty npm run',
    target: 1.12,
    a: npm('build'),
    b: npm('empty'),
    ours: false,
    prepare: () => {
      for (const part of [
        'dist',
        'results',
        'src',
        'templates',
        'tools',
        'package.json',
        'tsconfig.build.json',
      ])
        cpSync(path.join(root, part), at(`project/${part}`), { recursive: true, preserveTimestamps: true })
      const manifest = JSON.parse(readFileSync(at('project/package.json'), 'utf8'))
      manifest.scripts.empty = 'node -e 0'
      writeFileSync(at('project/package.json'), JSON.stringify(manifest))
      symlinkSync(path.join(root, 'node_modules'), at('project/node_modules'))
      // a second later than what was written last, whose time is told more finely than a Date
      const later = new Date(Date.now() + 1000)
      utimesSync(at('project/dist/cli.js'), later, later)
      settle(npm('build'))
    },
  }
}

function largeFiles({ at, ours: node, sizes: { rows, more } }) {
  const shell = (script) => ({ command: 'sh', args: ['-c', script] })
  const [file, larger] = [at('rows/study/lvm/1.csv'), at('more/study/lvm/1.csv')]
  const write = (name, count) => () => {
    mkdirSync(path.dirname(name), { recursive: true })
    writeRows(name, count)
  }
  const peer = has('bon_csv2html') ? {} : { missing: 'no bon_csv2html' }
  const b = shell(`bon_csv2html < ${file}`)
  return [
    {
      name: `check, ${rows} rows / bon_csv2html`,
      target: 0.06,
      a: node('check', at('rows')),
      b,
      ...peer,
      prepare: write(file, rows),
    },
    {
      name: `parse, ${rows} rows, all records printed / bon_csv2html`,
      target: 0.25,
      a: node('parse', file),
      b,
      ...peer,
      prepare: write(file, rows),
    },
    {
      name: `check, ${more} rows / wc -l`,
      target: 12,
      a: node('check', at('more')),
      b: shell(`wc -l ${larger}`),
      prepare: write(larger, more),
    },
  ]
}

function manyFiles({ at, build, sizes: { files, studies } }) {
  const folder = (count, parts) => at(`results-${count}-${parts}`)
  const unchanged = (count, parts) => build(folder(count, parts), at(`site-${count}-${parts}`))
  const made = new Set()
  const prepare =
    (...wanted) =>
    () => {
      for (const [count, parts] of wanted.filter(([count, parts]) => !made.has(`${count} ${parts}`))) {
        made.add(`${count} ${parts}`)
        writeFiles(folder(count, parts), count, parts)
        settle(unchanged(count, parts))
      }
    }
  const [few, many] = files
  const [some, most] = studies
  const cat = { command: 'find', args: [folder(many, 20), '-type', 'f', '-exec', 'cat', '{}', '+'] }
  return [
    {
      name: `${many} files, nothing changed / find -exec cat`,
      target: 1,
      a: unchanged(many, 20),
      b: cat,
      prepare: prepare([many, 20]),
    },
    {
      name: `${many} files, nothing changed / ${few} files`,
      target: 2.3,
      a: unchanged(many, 20),
      b: unchanged(few, 20),
      prepare: prepare([few, 20], [many, 20]),
    },
    {
      name: `${most} files in 100 studies, nothing changed / ${some} files`,
      target: 8,
      a: unchanged(most, 100),
      b: unchanged(some, 100),
      prepare: prepare([some, 100], [most, 100]),
    },
  ]
}

/** Saved outputs of one run each, over three backends of some studies. */
function writeFiles(folder, count, studies) {
  const rows = `${folder}.csv`
  writeRows(rows, count)
  const lines = readFileSync(rows, 'utf8').split('\n')
  for (let i = 0; i < count; i += 1) {
    const place = path.join(folder, `study-${i % studies}`, ['loopback', 'blktap', 'lvm'][i % 3])
    mkdirSync(place, { recursive: true })
    writeFileSync(path.join(place, `${i}.csv`), `${lines[i]}\n`)
  }
  rmSync(rows)
}

/** Eleventy gets the articles as our Markdown has them: it neither reads outputs nor draws. */
function articles({ at, build, sizes: { articles: count } }, eleventy) {
  const name = `${count} articles, no site yet / Eleventy 3 from their Markdown`
  if (!eleventy) return { name, target: 0.25, missing: 'only with --eleventy' }
  const ours = build(at('blog'), at('blog-site'))
  const fresh = (folder) => () => rmSync(at(folder), { recursive: true, force: true })
  return {
    name,
    target: 0.25,
    a: { ...ours, before: fresh('blog-site') },
    b: {
      command: 'npx',
      args: ['eleventy', '--input=pages', '--output=out', '--quiet'],
      cwd: at('eleventy'),
      before: fresh('eleventy/out'),
    },
    prepare: () => {
      writeFiles(at('blog'), count, count)
      spawnSync(ours.command, ours.args, { cwd: ours.cwd, stdio: 'ignore' })
      mkdirSync(at('eleventy/pages'), { recursive: true })
      writeFileSync(at('eleventy/package.json'), '{ "private": true }')
      spawnSync('npm', ['install', '--no-audit', '--no-fund', '@11ty/eleventy@3'], {
        cwd: at('eleventy'),
        stdio: 'inherit',
      })
      for (let i = 0; i < count; i += 1)
        cpSync(at(`blog-site/study-${i}/report.md`), at(`eleventy/pages/study-${i}.md`))
    },
  }
}

function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
