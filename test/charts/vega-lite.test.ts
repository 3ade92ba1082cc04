/** What a page shows of a chart is what Vega-Lite makes of the specification beside it. */
import * as fc from 'fast-check'
import * as assert from 'uvu/assert'
import { parse, View } from 'vega'
import { compile } from 'vega-lite'
import type { Report } from '../../src/model/report.ts'
import type { Spec } from '../../src/report/figure.ts'
import { slim } from '../../src/report/slim.ts'
import { CONFIG, printable } from '../../src/report/svg.ts'
import { fillingOf } from '../../src/report/vega-chart.ts'
import { runs, suite } from '../suite.ts'
import { anyReport } from './any-report.ts'
import { CROWDED } from './crowded-reports.ts'
import { picturesOf } from './drawn.ts'
import { ALL } from './sample-reports.ts'

const test = suite('charts and Vega-Lite')

/** The marks of a specification as Vega-Lite and Vega draw them, in a view of their own. */
async function drawnByVegaLite(spec: Spec, complaints: string[]): Promise<string> {
  const note = (...words: readonly unknown[]) => {
    complaints.push(words.map(String).join(' '))
    return logger
  }
  const silent = () => logger
  const logger = { level: silent, error: note, warn: note, info: silent, debug: silent } as never
  const compiled = compile({ ...spec, config: CONFIG } as never, { logger }).spec
  const view = new View(parse(compiled), { renderer: 'none', logger })
  const raw = await view.toSVG()
  view.finalize()
  return printable(slim(raw.replace(/^<svg [^>]*>/, '').replace(/<\/svg>$/, '')))
}

async function agree(report: Report): Promise<void> {
  for (const { id, svg, chart } of await picturesOf(report)) {
    const spec = id.endsWith('-narrow') ? chart.narrow?.spec : chart.wide.spec
    const complaints: string[] = []
    const expected = await drawnByVegaLite(spec ?? chart.wide.spec, complaints)
    assert.is(svg.replace(/^.*?<\/desc>/s, '').replace(/<\/svg>$/, ''), expected, id)
    assert.equal(complaints, [], id)
  }
}

for (const [name, report] of Object.entries({ ...ALL, ...CROWDED })) {
  test(`${name}: every chart is drawn to the byte as Vega-Lite draws it, without a warning`, () =>
    agree(report))
}

test('so are the charts of reports at random', async () => {
  await fc.assert(fc.asyncProperty(anyReport(), agree), { numRuns: runs(5) })
})

test('a layer that is not one of ours is no chart', () => {
  const encoding = { x: { scale: null, axis: null } }
  const arc = { mark: { type: 'arc' }, encoding, data: { values: [] } }
  assert.throws(() => fillingOf({ layer: [arc] }), 'no layer of ours: {"type":"arc"}')
})

test.run()
