import type { SiteFile } from '../model/library.ts'
import type { Report } from '../model/report.ts'
import { chartCsv, type Dressing, standalone, stockSpec } from './chart-files.ts'
import { visibleView } from './escape.ts'
import type { Chart, Drawing, Figure } from './figure.ts'
import { lookInto } from './look.ts'
import { provenanceOf } from './provenance.ts'
import { type Drawn, draw, type FontMetrics } from './svg.ts'
import type { Workshop } from './workshop.ts'

/** A chart as the three files that a reader may take away. */
export function chartFiles(
  folder: string,
  figure: Figure,
  chart: Chart,
  drawn: Drawn,
  dressing: Dressing,
): [string, SiteFile][] {
  const place = `${folder}charts/${chart.id}`
  return [
    [`${place}.svg`, standalone(drawn, { chart, figure }, dressing)],
    [`${place}.vl.json`, `${JSON.stringify(stockSpec({ chart, figure }, dressing), null, 1)}\n`],
    [`${place}.csv`, chartCsv(chart.data)],
  ]
}

/** What the files of a study's charts need beside the charts. */
export function dressingOf(report: Report, { templates, site, siteTitle, metrics }: Workshop): Dressing {
  return { tokens: templates.get('tokens.css') ?? '', metrics, from: provenanceOf(report, site, siteTitle) }
}

/** A chart as a page shows it: for wide ones and, where it has a twin, for narrow ones. */
export interface Twins {
  readonly wide: Drawn
  readonly narrow: Drawn | null
}

/** Draws a chart of a page. Most edits leave most charts as they are, and drawing them takes the longest. */
export function drawTwins(page: string, chart: Chart, { keep, metrics }: Workshop): Promise<Twins> {
  const inputs = [JSON.stringify(chart), metrics]
  return keep(`${page}#${chart.id}`, inputs, () => drawAnew(chart, metrics))
}

async function drawAnew(chart: Chart, metrics: FontMetrics): Promise<Twins> {
  const words = { id: chart.id, title: chart.title, description: chart.description }
  const wide = await draw(chart.wide.spec, words, metrics)
  const narrow = chart.narrow
    ? await draw(chart.narrow.spec, { ...words, id: `${chart.id}-narrow` }, metrics)
    : null
  return { wide, narrow }
}

/** What templates/look.js loads to show a chart and its twin: calls of its function, since data do not load from the disk. */
export function lookFiles(folder: string, { id, wide, narrow }: Chart): [string, SiteFile][] {
  const twins: [string, Drawing | undefined][] = [
    [id, wide],
    [`${id}-narrow`, narrow],
  ]
  return twins.flatMap(([name, drawing]) => {
    const look = drawing && lookInto(drawing)
    return look
      ? [
          [
            `${folder}charts/${name}.look.js`,
            `lookInto(${JSON.stringify(name)}, ${JSON.stringify(visibleView(look))})\n`,
          ],
        ]
      : []
  })
}
