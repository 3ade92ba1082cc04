/** What the tests of charts share: the font's metrics, every chart of every report drawn, and what an SVG says. */
import { readFileSync } from 'node:fs'
import type { Report } from '../../src/model/report.ts'
import { standalone } from '../../src/report/chart-files.ts'
import { FIGURES } from '../../src/report/charts.ts'
import type { Chart, Drawing, Figure } from '../../src/report/figure.ts'
import type { Provenance } from '../../src/report/provenance.ts'
import { type Drawn, draw, type FontMetrics } from '../../src/report/svg.ts'

export const METRICS = JSON.parse(
  readFileSync(new URL('../../templates/fonts/metrics.json', import.meta.url), 'utf8'),
) as FontMetrics
export const TOKENS = readFileSync(new URL('../../templates/tokens.css', import.meta.url), 'utf8')

/** A study that declares everything about itself. */
export const FROM: Provenance = {
  study: 'Loopback or blktap?',
  authors: ['A. Author', 'B. <Writer>'],
  date: '2010-06',
  source: 'https://example.org/page?a=1&b=2',
  licence: 'CC BY 4.0',
  outputs: ['loopback/vm101.txt', 'blktap/vm101.txt'],
  site: 'A blog',
  address: 'https://example.org/study/index.html',
}
export const DRESSING = { tokens: TOKENS, metrics: METRICS, from: FROM }

/** A picture as a file of its own. */
export function fileOf(picture: Picture): string {
  return standalone(picture, picture, DRESSING)
}

export function figuresOf(report: Report): readonly Figure[] {
  return FIGURES.flatMap(({ figure }) => figure(report) ?? [])
}

export interface Picture extends Drawn {
  readonly id: string
  readonly chart: Chart
  readonly figure: Figure
  readonly designed: number
}

/** Every chart of a report, wide and narrow. */
export async function picturesOf(report: Report): Promise<readonly Picture[]> {
  const tasks = figuresOf(report).flatMap((figure) =>
    figure.charts.flatMap((chart) => {
      const narrow = chart.narrow ? [picture(figure, chart, `${chart.id}-narrow`, chart.narrow)] : []
      return [picture(figure, chart, chart.id, chart.wide), ...narrow]
    }),
  )
  return Promise.all(tasks)
}

async function picture(figure: Figure, chart: Chart, id: string, { spec, width }: Drawing): Promise<Picture> {
  const { title, description } = chart
  return { id, chart, figure, designed: width, ...(await draw(spec, { id, title, description }, METRICS)) }
}

/** The texts an SVG shows, without those of the axis. */
export function shownTexts(svg: string): readonly string[] {
  const marks = svg.replace(/<g class="ticks">.*?<\/g>/g, '')
  return [...marks.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '')
}
