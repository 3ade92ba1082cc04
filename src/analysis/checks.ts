import { METRICS, type MetricId } from '../model/metric.ts'
import { attachLine, blockedOrder, cpuScope, openSnapshot, singleRun, toldMemory } from './checks/declared.ts'
import { runsDiffer, syncMode } from './checks/differ.ts'
import { classBand, fasterThanLink } from './checks/disk.ts'
import { cacheable } from './checks/layers.ts'
import { unlikePublished } from './checks/literature.ts'
import { memorySignature, rewriteCeiling } from './checks/memory.ts'
import { fasterThanReference, impossibleSeeks } from './checks/peers.ts'
import { cpuBound, longStalls, lowerBound, perCharFaster, tooFewFiles } from './checks/phases.ts'
import { drift, firstAllocation, outlier, wideSpread } from './checks/series.ts'
import type { Check, Input } from './doubt.ts'

const ids = (family: string): MetricId[] => METRICS.filter((m) => m.family === family).map(({ id }) => id)
const rates = (...metrics: readonly MetricId[]): Input[] => metrics.map((id): Input => `${id}.rate`)
const EVERY_RATE = rates(...METRICS.map(({ id }) => id))
const BULK = ids('bulk')
const FILES = ids('files')

const LARGER_FILE =
  'Repeat with a file of at least four times the memory of the guest and twice that of every layer that caches.'
const MORE_RUNS = 'Run every backend three times or more, taking turns.'

/**
 * SHELF: does this cell measure the disk? Rows with `peers` run second, when the others' cells are judged. What fires a
 * row is tried in checks/examples.ts.
 */
export const CHECKS: readonly Check[] = [
  {
    rule: 'lower-bound',
    reads: EVERY_RATE,
    // a rate turns into a bound by its time, not by itself
    scaleFree: true,
    remedy: 'Give the test more work: a larger file with -s, more files with -n.',
    check: lowerBound,
  },
  {
    rule: 'rewrite-ceiling',
    reads: rates('put_block', 'rewrite', 'get_block'),
    scaleFree: true,
    remedy: LARGER_FILE,
    check: rewriteCeiling,
  },
  {
    rule: 'memory-signature',
    reads: [...rates('put_block', 'get_block', 'seeks'), 'get_block.cpu'],
    scaleFree: false,
    remedy: 'Find the memory that answered, write its size down in study.md, and repeat with a larger file.',
    check: memorySignature,
  },
  {
    rule: 'cpu-bound',
    reads: METRICS.map(({ id }): Input => `${id}.cpu`),
    scaleFree: true,
    remedy: 'Compare the CPU-seconds per GiB in its place, or measure with a faster processor.',
    check: cpuBound,
  },
  { rule: 'cacheable-file', reads: [], scaleFree: true, remedy: LARGER_FILE, check: cacheable },
  {
    rule: 'told-memory',
    reads: [],
    scaleFree: true,
    remedy: 'Leave -r out, or write the true memory of the guest as guest.ram into study.md.',
    check: toldMemory,
  },
  {
    rule: 'per-char-faster',
    reads: rates('putc', 'put_block'),
    scaleFree: true,
    remedy: 'Measure with bonnie++ 1.90b or later, which flushes before it stops the clock, or add -b.',
    check: perCharFaster,
  },
  {
    rule: 'faster-than-link',
    reads: rates(...BULK),
    scaleFree: false,
    remedy: `Check host.disk.link in study.md. ${LARGER_FILE}`,
    check: fasterThanLink,
  },
  {
    rule: 'class-band',
    reads: rates('put_block', 'get_block', 'seeks'),
    scaleFree: false,
    remedy: 'Check host.disk in study.md, and that nothing else used the disk.',
    check: classBand,
  },
  {
    rule: 'too-few-files',
    reads: rates(...FILES),
    scaleFree: true,
    remedy: 'Repeat with the number of files that the message names.',
    check: tooFewFiles,
  },
  {
    rule: 'long-stalls',
    reads: ['putc.latency', 'put_block.latency', 'rewrite.latency', 'seeks.latency', 'seeks.rate'],
    scaleFree: false,
    remedy: 'Watch the disk of the host while the test runs, and compare only runs of the same length.',
    check: longStalls,
  },
  {
    rule: 'first-allocation',
    reads: rates('put_block'),
    scaleFree: true,
    remedy: 'Preallocate the image, or write it once before the first run.',
    series: firstAllocation,
  },
  { rule: 'wide-spread', reads: EVERY_RATE, scaleFree: true, remedy: MORE_RUNS, series: wideSpread },
  {
    rule: 'outlier',
    reads: EVERY_RATE,
    scaleFree: true,
    remedy: 'Find out what else the host did during that run, and repeat it.',
    series: outlier,
  },
  {
    rule: 'drift',
    reads: EVERY_RATE,
    scaleFree: true,
    remedy: 'Let the backends take turns, and repeat until the rates keep level.',
    series: drift,
  },
  {
    rule: 'impossible-seeks',
    peers: true,
    reads: rates('seeks'),
    scaleFree: false,
    remedy: LARGER_FILE,
    check: impossibleSeeks,
  },
  {
    rule: 'faster-than-reference',
    peers: true,
    reads: rates('get_block'),
    scaleFree: true,
    remedy: LARGER_FILE,
    check: fasterThanReference,
  },
  {
    rule: 'unlike-published',
    reads: rates('put_block', 'rewrite', 'get_block', 'seeks'),
    scaleFree: true,
    remedy: 'Look for what the two hosts differ in: a cache, the allocation of the image, the versions.',
    series: unlikePublished,
  },
  {
    rule: 'attach-line',
    reads: [],
    scaleFree: true,
    remedy:
      'Record what served the disk as backends.<id>.effective in study.md, as xl list -l or xenstore names it.',
    series: attachLine,
  },
  {
    rule: 'open-snapshot',
    reads: [],
    scaleFree: true,
    remedy: 'Compare with a series of its own without the snapshot.',
    series: openSnapshot,
  },
  {
    rule: 'sync-mode',
    reads: [],
    scaleFree: true,
    remedy: 'Keep runs with and without the option in studies of their own.',
    series: syncMode,
  },
  {
    rule: 'runs-differ',
    reads: [],
    scaleFree: true,
    remedy: 'Give all runs the same machine, version and options; alias in study.md makes one of two names.',
    series: runsDiffer,
  },
  { rule: 'blocked-order', reads: [], scaleFree: true, remedy: MORE_RUNS, series: blockedOrder },
  { rule: 'single-run', reads: [], scaleFree: true, remedy: MORE_RUNS, series: singleRun },
  {
    rule: 'cpu-scope',
    reads: [],
    scaleFree: true,
    remedy: 'Record the CPU of dom0 or of the host during the run, for example with xentop or with top.',
    series: cpuScope,
  },
]
