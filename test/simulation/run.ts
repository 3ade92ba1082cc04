/** `npm run simulate`: how often the analysis is wrong, measured on studies whose truth is known. */
import { type Design, simulate } from './studies.ts'

const STUDIES = Number(process.argv[2] ?? 1000)
const DESIGNS: readonly Design[] = [
  { backends: 2, runs: 3, spread: 0.05, factor: 1 },
  { backends: 2, runs: 6, spread: 0.05, factor: 1 },
  { backends: 5, runs: 3, spread: 0.05, factor: 1 },
  { backends: 5, runs: 5, spread: 0.2, factor: 1 },
  { backends: 2, runs: 6, spread: 0.05, factor: 1.3 },
]

console.log('backends  runs  spread  true ratio  false verdicts  advised  intervals that hold')
for (const [i, design] of DESIGNS.entries()) {
  const { studies, falseVerdicts, advised, coverage } = simulate(design, STUDIES, 20060 + i)
  const percent = (n: number) => `${(100 * n).toFixed(1)} %`
  const cells = [
    design.backends,
    design.runs,
    design.spread,
    design.factor,
    percent(falseVerdicts / studies),
    percent(advised / studies),
    percent(coverage),
  ]
  const widths = [8, 6, 8, 12, 16, 9, 22]
  console.log(cells.map((cell, at) => String(cell).padStart(widths[at] ?? 8)).join(''))
}
