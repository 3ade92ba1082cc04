/** `npm run simulate -- [STUDIES]`: how often the analysis is wrong, measured on studies whose truth is known. */
import type { Design } from './studies.ts'
import { add, type Count, type Trial, trial } from './trials.ts'

const STUDIES = Number(process.argv[2] ?? 100)
const CVS = [0.01, 0.02, 0.05, 0.1, 0.2]
const RUNS = [3, 4, 5, 6, 8, 10]
const BACKENDS = [2, 3, 4, 5]

const designs = BACKENDS.flatMap((backends) =>
  RUNS.flatMap((runs) => CVS.map((cv): Design => ({ backends, runs, cv }))),
)

const COLUMNS: readonly (readonly [name: string, of: keyof Trial])[] = [
  ['intervals that hold', 'covered'],
  ['scores that hold', 'scored'],
  ['false verdicts', 'falselyTold'],
  ['false advice', 'falselyAdvised'],
  ['found', 'found'],
  ['wrongly named', 'wronglyNamed'],
  ['wrong bounds', 'wrongBounds'],
]

function percent({ hits, of }: Count): string {
  return of === 0 ? '–' : `${((100 * hits) / of).toFixed(1)} %`
}

function line(cells: readonly (string | number)[]): string {
  const widths = [8, 5, 6, ...COLUMNS.map(([name]) => Math.max(name.length, 7) + 2)]
  return cells.map((cell, i) => String(cell).padStart(widths[i] ?? 8)).join('')
}

console.log(line(['backends', 'runs', 'CV', ...COLUMNS.map(([name]) => name)]))
const all = designs.map((design, i) => {
  const found = trial(design, STUDIES, 20060 + i)
  const { backends, runs, cv } = design
  console.log(line([backends, runs, `${100 * cv} %`, ...COLUMNS.map(([, of]) => percent(found[of]))]))
  return found
})
const sum = COLUMNS.map(([, of]) => all.map((found) => found[of]).reduce(add))
console.log(line(['all', '', '', ...sum.map(percent)]))
const worst = Math.min(...all.map(({ covered: { hits, of } }) => hits / of))
console.log(
  `${STUDIES} studies a line and question. Least coverage of a line: ${(100 * worst).toFixed(1)} %.`,
)
