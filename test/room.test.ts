/** The runs of a study are judged together: more than fit into memory are refused, before they take it. */
import * as assert from 'uvu/assert'
import { parse } from '../src/bonnie/parse.ts'
import { analyse, knowledgeOf, parseInRoom } from '../src/build.ts'
import { readTemplates } from '../src/files.ts'
import { folderOf, sourceOf } from '../src/library.ts'
import { suite } from './suite.ts'

const room = suite('room for runs')

const row = (host: number) =>
  `1.98,2.00a,host-${host},1,${1_446_900_000 + host},65536M,,8192,5,100,1,200,2,150,3,120,4,300,5,90.5,6,16,,,,,${1000 + host},7,2000,8,3000,9,1100,10,2100,11,3100,12,1us,2us,3us,4us,5us,6us,7us,8us,9us,10us,11us,12us`
const csv = (rows: number) => Array.from({ length: rows }, (_, i) => row(i)).join('\n')

/** Rule and place of each error, and its sentence. */
const errorsOf = (diagnostics: ReturnType<typeof parse>['diagnostics']) =>
  diagnostics.filter(({ level }) => level === 'error').map((d) => `${d.place.file}: ${d.message} [${d.rule}]`)

room('a file has as many runs as may be, or none and an error', () => {
  const source = sourceOf('lvm/1.csv', csv(300))
  assert.is(parse(source).runs.length, 300)
  assert.is(parse(source, 300).runs.length, 300)
  const { runs, diagnostics } = parse(source, 299)
  assert.is(runs.length, 0)
  assert.equal(errorsOf(diagnostics), [
    'lvm/1.csv: With this file the study has more than 299 runs, so the file is left out. [unreadable-file]',
  ])
})

room('a file is left out with which a study has too many, and those after it are judged', () => {
  const folder = folderOf('study', { 'loop/1.csv': csv(1), 'lvm/1.csv': csv(2), 'lvm/2.csv': csv(3) })
  const report = analyse(folder, knowledgeOf(readTemplates()), (source) => {
    const parsed = parseInRoom(source)
    const [run] = parsed.runs
    if (source.path !== 'lvm/1.csv' || !run) return parsed
    return { ...parsed, runs: new Array(150_000).fill(run) }
  })
  assert.equal(errorsOf(report.diagnostics), [
    'lvm/1.csv: With this file the study has more than 150,000 runs, so the file is left out. [unreadable-file]',
  ])
  assert.equal(
    report.sources.map(({ path, runs }) => `${path}: ${runs}`),
    ['loop/1.csv: 1', 'lvm/1.csv: 0', 'lvm/2.csv: 3'],
  )
})

room.run()
