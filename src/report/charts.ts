import { METRICS, type MetricId } from '../model/metric.ts'
import type { Report } from '../model/report.ts'
import { ratiosToBaseline } from './charts/against-baseline.ts'
import { seeksAndFiles } from './charts/bounds.ts'
import { guestCpu } from './charts/cost.ts'
import { worstLatencies } from './charts/latency.ts'
import { ratioOfTwo } from './charts/ratios.ts'
import { ratesByRun } from './charts/run-order.ts'
import { trueSizes } from './charts/sizes.ts'
import { weightSpace } from './charts/weights.ts'
import type { Figure } from './figure.ts'

const BULK: readonly MetricId[] = METRICS.filter((m) => m.family === 'bulk').map((m) => m.id)
const OTHERS: readonly MetricId[] = METRICS.filter((m) => m.family !== 'bulk').map((m) => m.id)

/** SHELF: the figures of an article in reading order. Each is null where the report gives it nothing to say. */
export const FIGURES: readonly { readonly id: string; readonly figure: (report: Report) => Figure | null }[] =
  [
    { id: 'ratios', figure: (report) => ratioOfTwo(report, BULK) ?? ratiosToBaseline(report, BULK) },
    { id: 'weights', figure: weightSpace },
    { id: 'sizes', figure: (report) => trueSizes(report, BULK) },
    { id: 'bounds', figure: (report) => seeksAndFiles(report, OTHERS) },
    { id: 'cost', figure: (report) => guestCpu(report, BULK) },
    { id: 'latency', figure: worstLatencies },
    { id: 'runs', figure: ratesByRun },
  ]
