import type { MetricId } from '../../model/metric.ts'
import type { ExampleFacts } from '../../model/shelf.ts'
import type { Facts } from '../../model/study.ts'
import type { Attachment } from '../attachment.ts'
import { type Cells, type Example, factsOf, QUIET } from './example.ts'

type More = Omit<Example, 'becomes' | 'metric' | 'runs'>
type Becomes = (metric: MetricId | null, runs: Cells | readonly Cells[], more?: More) => Example

const becomes =
  (state: Example['becomes']): Becomes =>
  (metric, runs, more = {}) => ({
    becomes: state,
    metric,
    runs: Array.isArray(runs) ? runs : [runs as Cells],
    ...more,
  })

const memory = becomes('not-disk')
const suspect = becomes('suspect')
const noted = becomes('noted')
const silent = becomes('silent')

const disk = (given: string, declared: NonNullable<Facts['host']>['disk']): More => ({
  given,
  facts: { ...QUIET, host: { ...QUIET.host, disk: declared ?? {} } },
})
const guest = (ram: string): More => ({ given: `a guest of ${ram}`, facts: { ...QUIET, guest: { ram } } })
const dom0 = (ram: string): More => ({
  given: `dom0 of ${ram}, which caches`,
  facts: { ...QUIET, host: { dom0_ram: ram } },
  caches: 'yes',
})
const command = (given: string, words: string, ram?: string): More => ({
  given,
  facts: { command: words, ...(ram && { guest: { ram } }) },
})
const image = (allocation: 'sparse' | 'preallocated'): More => ({
  given: `a ${allocation} image`,
  facts: { ...QUIET, backends: { b: { allocation } } },
})
const SNAPSHOT: More = { given: 'an open snapshot', facts: { ...QUIET, backends: { b: { snapshot: true } } } }
const HDD = disk('a hard disk', { kind: 'hdd' })
const SSD = disk('a solid-state disk', { kind: 'ssd' })
const NVME = disk('an NVMe disk', { kind: 'nvme' })
const LINK = disk('a link of 60 MB/s', { link: '60 MB/s' })
const FLUSHED: More = { given: 'bonnie++ 2.00a', circumstances: { version: '2.00a' } }
const UNKNOWN: More = { given: 'the guest’s memory unknown', facts: {} }
const BONNIE: More = {
  given: 'Bonnie, the guest’s memory unknown',
  facts: {},
  circumstances: { version: null, dialect: 'bonnie text' },
}
const TAP_LOOP: More = { given: 'blktap beside loopback', kinds: ['blktap', 'loopback'] }
const attached = (verdict: Attachment['verdict'], given: string, by: string, kind: string): More => ({
  given: `attached as tap:aio:/srv/vm.img under ${given}`,
  attached: {
    line: 'tap:aio:/srv/vm.img',
    version: /[\d.]+/.exec(given)?.[0] ?? null,
    readBy: [by],
    kinds: [kind],
    titles: [kind],
    sources: [{ title: 'the page of that backend' }],
    verdict,
  },
})
const writes = (...rates: readonly number[]): Cells[] => rates.map((rate) => ({ put_block: String(rate) }))

// biome-ignore format: a table reads best as one
/** SHELF: examples of every check, by its rule. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'lower-bound': [
    noted('seeks', { seeks: '+++++' }),
    silent('seeks', { seeks: '249.1' }),
  ],
  'rewrite-ceiling': [
    memory('rewrite', { put_block: '18075', rewrite: '199488', get_block: '937880' }),
    memory('rewrite', { put_block: '1000', rewrite: '1251', get_block: '2000' }),
    suspect('rewrite', { put_block: '1000', rewrite: '1250', get_block: '2000' }),
    memory('rewrite', { put_block: '2000', rewrite: '1251', get_block: '1000' }),
    silent('rewrite', { put_block: '1000', rewrite: '1050', get_block: '99999' }),
    noted('rewrite', { put_block: '1000', rewrite: '990', get_block: '1000' }),
    memory('rewrite', { put_block: '1000', rewrite: '990', get_block: '1000' }, HDD),
    suspect('rewrite', { put_block: '1000', rewrite: '600', get_block: '1000' }, HDD),
    memory('rewrite', { put_block: '1000', rewrite: '755', get_block: '1000' }, HDD),
    suspect('rewrite', { put_block: '1000', rewrite: '750', get_block: '1000' }, HDD),
    suspect('rewrite', { put_block: '1000', rewrite: '555', get_block: '1000' }, HDD),
    suspect('rewrite', { put_block: '1000', rewrite: '1055', get_block: '99999' }),
    silent('rewrite', { put_block: '1000', rewrite: '550', get_block: '1000' }, HDD),
    memory('rewrite', { put_block: '1000', rewrite: '2000', get_block: '+++++' }),
    silent('rewrite', { put_block: '+++++', rewrite: '2000', get_block: '+++++' }),
  ],
  'memory-signature': [
    memory('get_block', { put_block: '18075', get_block: '937880@86', seeks: '+++++' }),
    memory('seeks', { put_block: '1000', get_block: '10000', seeks: '200' }),
    suspect('rewrite', { put_block: '1000', rewrite: '500', get_block: '10000' }),
    silent('get_block', { put_block: '1000', get_block: '9999', seeks: '200' }),
    silent('get_block', { put_block: '1000', get_block: '10000', seeks: '200' }, SNAPSHOT),
    memory('get_block', { put_block: '1000', get_block: '10000', seeks: '200' }, { ...SNAPSHOT, given: 'an open snapshot, and a layer that caches', caches: 'yes' }),
    memory('get_block', { put_block: '40000', get_block: '700000@60', seeks: '5001' }, SNAPSHOT),
    memory('get_block', { put_block: '400000', get_block: '1140000@99', seeks: '+++++' }),
    silent('get_block', { put_block: '400000', get_block: '1140000@59', seeks: '+++++' }),
    silent('get_block', { put_block: '378531', get_block: '1180221@62', seeks: '1843' }),
    memory('get_block', { put_block: '400000', get_block: '700000@60', seeks: '5001' }),
    silent('get_block', { put_block: '400000', get_block: '699999@60', seeks: '5001' }),
    silent('get_block', { put_block: '400000', get_block: '700000@60', seeks: '5000' }),
    silent('get_block', { put_block: '0', get_block: '5000' }),
  ],
  'cpu-bound': [
    memory('getc', { getc: '70000@90' }),
    suspect('getc', { getc: '70000@89' }),
    suspect('getc', { getc: '70000@75' }),
    silent('getc', { getc: '70000@74' }),
    memory('seeks', { seeks: '15000@450' }, FLUSHED),
    silent('seeks', { seeks: '15000@374' }, FLUSHED),
    memory('seeks', { seeks: '300@97' }, { given: 'one processor', facts: { ...QUIET, guest: { ram: '256 MiB', vcpus: 1 } } }),
  ],
  'cacheable-file': [
    memory('get_block', { get_block: '100000' }, guest('1.5 GiB')),
    noted('get_block', { get_block: '100000' }, guest('1 GiB')),
    suspect('seeks', { seeks: '249.1' }, guest('1 GiB')),
    silent('seeks', { seeks: '249.1' }, guest('512 MiB')),
    memory('put_block', { put_block: '90000' }, guest('1.5 GiB')),
    suspect('put_block', { put_block: '90000' }, { ...guest('1.5 GiB'), ...FLUSHED, given: 'a guest of 1.5 GiB, bonnie++ 2.00a' }),
    suspect('seeks', { seeks: '249.1' }, UNKNOWN),
    silent('get_block', { get_block: '100000' }, UNKNOWN),
    suspect('get_block', { get_block: '52781' }, BONNIE),
    silent('put_block', { put_block: '45072' }, BONNIE),
    memory('get_block', { get_block: '100000' }, dom0('2 GiB')),
    silent('get_block', { get_block: '100000' }, dom0('1 GiB')),
    suspect('get_block', { get_block: '100000' }, { given: 'dom0 caches, its memory unknown', facts: { guest: { ram: '256 MiB' } }, caches: 'yes' }),
    suspect('get_block', { get_block: '100000' }, { given: 'a host of 16 GiB, which may cache', facts: { guest: { ram: '256 MiB' }, host: { ram: '16 GiB' } }, caches: 'unknown' }),
    silent('get_block', { get_block: '100000' }, { ...dom0('64 GiB'), caches: 'no', given: 'dom0 of 64 GiB, not used as a cache' }),
    suspect('get_block', { get_block: '100000' }, disk('an unknown cache below the host', { cache: 'unknown' })),
    suspect('get_block', { get_block: '100000' }, disk('a disk of unknown kind', { kind: 'unknown' })),
    silent('get_block', { get_block: '100000' }, disk('a disk of unknown kind, no cache', { kind: 'unknown', cache: 'none' })),
    memory('get_block', { get_block: '100000' }, disk('a cache of 2 GiB below the host', { cache: '2 GiB' })),
  ],
  'told-memory': [
    suspect('get_block', { get_block: '2181153' }, command('-r 512, the guest’s memory unknown', 'bonnie++ -s 2g -r 512')),
    suspect('seeks', { seeks: '5277' }, command('-r 512, a guest of 4 GiB', 'bonnie++ -s 2g -r 512', '4 GiB')),
    suspect('put_block', { put_block: '143557' }, command('-r 512, the guest’s memory unknown', 'bonnie++ -s 2g -r 512')),
    silent('put_block', { put_block: '143557' }, { ...command('-r 512, the guest’s memory unknown, bonnie++ 2.00a', 'bonnie++ -s 2g -r 512'), circumstances: { version: '2.00a' } }),
    silent('get_block', { get_block: '100000' }, command('-r 512, a guest of 512 MiB', 'bonnie++ -s 2g -r 512', '512 MiB')),
    silent('seeks', { seeks: '249.1' }, command('-r 512, a guest of 1 GiB', 'bonnie++ -s 2g -r 512', '1 GiB')),
    suspect('seeks', { seeks: '249.1' }, command('-r 512, a guest of 1025 MiB', 'bonnie++ -s 2g -r 512', '1025 MiB')),
    silent('get_block', { get_block: '100000' }, command('no -r', 'bonnie++ -s 2g')),
  ],
  'per-char-faster': [
    suspect('put_block', { putc: '25511', put_block: '18075' }),
    suspect('putc', { putc: '1101', put_block: '1000' }),
    silent('put_block', { putc: '1100', put_block: '1000' }),
    silent('put_block', { putc: '1200', put_block: '1000' }, FLUSHED),
  ],
  'faster-than-link': [
    memory('get_block', { get_block: '62000' }, LINK),
    silent('get_block', { get_block: '59000' }, LINK),
    silent('get_block', { get_block: '62000' }),
  ],
  'class-band': [
    suspect('get_block', { get_block: '300001' }, HDD),
    silent('get_block', { get_block: '300000' }, HDD),
    silent('get_block', { get_block: '300001' }, disk('an array of two', { kind: 'raid', spindles: 2 })),
    suspect('put_block', { put_block: '24889' }, HDD),
    suspect('put_block', { put_block: '39999' }, HDD),
    silent('put_block', { put_block: '40000' }, HDD),
    suspect('seeks', { seeks: '69' }, HDD),
    silent('seeks', { seeks: '70' }, HDD),
    suspect('get_block', { get_block: '1180221' }, SSD),
    suspect('get_block', { get_block: '540001' }, SSD),
    silent('get_block', { get_block: '540000' }, SSD),
    suspect('get_block', { get_block: '149999' }, SSD),
    silent('get_block', { get_block: '150000' }, SSD),
    suspect('seeks', { seeks: '1499' }, SSD),
    silent('seeks', { seeks: '1500' }, SSD),
    silent('seeks', { seeks: '60000' }, SSD),
    suspect('seeks', { seeks: '60001' }, SSD),
    silent('get_block', { get_block: '500000' }, NVME),
    suspect('get_block', { get_block: '499999' }, NVME),
    silent('get_block', { get_block: '3450000' }, NVME),
    silent('seeks', { seeks: '5000' }, NVME),
    suspect('seeks', { seeks: '4999' }, NVME),
    silent('get_block', { get_block: '25000' }, disk('a hard disk held to 60 MB/s', { kind: 'hdd', link: '60 MB/s' })),
    suspect('get_block', { get_block: '14600' }, disk('a hard disk held to 60 MB/s', { kind: 'hdd', link: '60 MB/s' })),
    silent('get_block', { get_block: '14700' }, disk('a hard disk held to 60 MB/s', { kind: 'hdd', link: '60 MB/s' })),
    silent('get_block', { get_block: '1180221' }),
  ],
  'too-few-files': [
    noted('seq_stat', { seq_create: '29488', seq_stat: '+++++' }),
    noted('seq_create', { seq_create: '+++++', seq_stat: '+++++' }),
    silent('seq_create', { seq_create: '777', seq_stat: '875' }),
  ],
  'long-stalls': [
    noted('rewrite', { rewrite: '106805@13/3737000' }),
    silent('rewrite', { rewrite: '106805@13/999999' }),
    noted('seeks', { seeks: '2000@5/500000' }),
    silent('seeks', { seeks: '1159@81/55419' }),
  ],
  'first-allocation': [
    memory('put_block', writes(690, 1000, 1010, 990), image('sparse')),
    suspect('put_block', writes(690, 1000, 1010, 990)),
    silent('put_block', writes(690, 1000, 1010, 990), image('preallocated')),
    silent('put_block', writes(710, 1000, 1010, 990), image('sparse')),
    suspect('put_block', writes(1000), image('sparse')),
    memory('put_block', writes(690, 1000, 1010), image('sparse')),
    suspect('put_block', writes(690, 1000), image('sparse')),
  ],
  'wide-spread': [
    suspect('put_block', writes(850, 1000, 1150)),
    suspect('put_block', writes(898, 1000, 1102)),
    silent('put_block', writes(900, 1000, 1100)),
    noted('put_block', writes(850, 1150, 850, 1150, 850, 1150)),
    silent('put_block', writes(500, 1000)),
  ],
  outlier: [
    suspect('put_block', writes(1000, 1001, 999, 1002, 998, 970)),
    suspect('put_block', writes(1000, 1001, 999, 1002, 998, 977)),
    silent('put_block', writes(1000, 1001, 999, 1002, 998, 978)),
    silent('put_block', writes(1000, 1001, 999, 1002, 998, 990)),
    silent('put_block', writes(1000, 1000, 1000, 1000, 1000, 1010)),
    silent('put_block', writes(1000, 1001, 999, 1002, 970)),
  ],
  drift: [
    suspect('put_block', writes(1000, 1010, 1020, 1030, 1040)),
    noted('put_block', writes(1000, 1010, 1020, 1040, 1030)),
    suspect('put_block', writes(1060, 1040, 1050, 1030, 1020, 1010)),
    silent('put_block', writes(1000, 1040, 1010, 1030, 1020)),
    silent('put_block', writes(1000, 1010, 1020, 1030)),
  ],
  'impossible-seeks': [
    memory('seeks', { seeks: '+++++' }, { given: 'loopback beside blktap', caches: 'yes', beside: { seeks: '249.1' } }),
    silent('seeks', { seeks: '+++++' }, { beside: { seeks: '15000' }, ...SSD }),
    suspect('seeks', { seeks: '+++++' }),
    memory('seeks', { seeks: '+++++' }, HDD),
    memory('seeks', { seeks: '901' }, HDD),
    silent('seeks', { seeks: '900' }, HDD),
    silent('seeks', { seeks: '901' }, disk('an array of four', { kind: 'raid', spindles: 4 })),
    silent('seeks', { seeks: '+++++' }, NVME),
    memory('seeks', { seeks: '221' }, { given: 'a backend that caches', caches: 'yes', beside: { seeks: '110' } }),
    silent('seeks', { seeks: '219' }, { given: 'a backend that caches', caches: 'yes', beside: { seeks: '110' } }),
    memory('seeks', { seeks: '250' }, { given: 'a backend that caches', caches: 'yes', beside: { seeks: '110' } }),
    suspect('seeks', { seeks: '250' }, { given: 'a backend that may cache', caches: 'unknown', beside: { seeks: '110' } }),
    silent('seeks', { seeks: '250' }, { beside: { seeks: '110' } }),
  ],
  'faster-than-reference': [
    memory('get_block', { get_block: '937880' }, { given: 'a backend that caches', caches: 'yes', beside: { get_block: '131645' } }),
    suspect('get_block', { get_block: '1501' }, { given: 'a backend that may cache', caches: 'unknown', beside: { get_block: '1000' } }),
    silent('get_block', { get_block: '1500' }, { given: 'a backend that caches', caches: 'yes', beside: { get_block: '1000' } }),
    silent('get_block', { get_block: '9000' }, { beside: { get_block: '1000' } }),
  ],
  'unlike-published': [
    noted('put_block', { put_block: '93549' }, { ...TAP_LOOP, beside: { put_block: '18075' } }),
    noted('get_block', { get_block: '131645' }, { ...TAP_LOOP, beside: { get_block: '937880' } }),
    silent('put_block', { put_block: '45072' }, { ...TAP_LOOP, beside: { put_block: '37672' } }),
    silent('put_block', { put_block: '23900' }, { ...TAP_LOOP, beside: { put_block: '10000' } }),
    noted('put_block', { put_block: '24000' }, { ...TAP_LOOP, beside: { put_block: '10000' } }),
    noted('get_block', { get_block: '5000' }, { ...TAP_LOOP, beside: { get_block: '10000' } }),
    silent('get_block', { get_block: '5100' }, { ...TAP_LOOP, beside: { get_block: '10000' } }),
    noted('get_block', { get_block: '50000' }, { ...TAP_LOOP, beside: { get_block: '+++++' } }),
    silent('put_block', { put_block: '93549' }, { given: 'kinds of which nothing is published', beside: { put_block: '18075' } }),
  ],
  'attach-line': [
    suspect(null, { put_block: '93549' }, attached('contradicts', 'Xen 4.8, and filed under blktap', 'xl of Xen 4.6 and later', 'loopback')),
    noted(null, { put_block: '93549' }, attached('open', 'Xen of an unknown version, and filed under blktap', 'xm of Xen below 4.5', 'loopback')),
    silent(null, { put_block: '93549' }, attached('agrees', 'Xen 4.8, and filed under loopback', 'xl of Xen 4.6 and later', 'loopback')),
    silent(null, { put_block: '93549' }),
  ],
  'open-snapshot': [
    noted(null, { put_block: '90000' }, { ...SNAPSHOT, given: 'snapshot: true' }),
    silent(null, { put_block: '90000' }),
  ],
  'sync-mode': [
    suspect('put_block', { put_block: '90000' }, command('-b in one of two commands', 'bonnie++ -s 2g, then bonnie++ -fb -s 2g', '256 MiB')),
    suspect('get_block', { get_block: '90000' }, command('-D in one of two commands', 'bonnie++ -D -s 2g in the guest, bonnie++ -s 2g on the host', '256 MiB')),
    silent('get_block', { get_block: '90000' }, command('-b in one of two commands', 'bonnie++ -s 2g, then bonnie++ -b -s 2g', '256 MiB')),
    silent('put_block', { put_block: '90000' }, command('-b in both of two commands', 'bonnie++ -b -s 2g, then bonnie++ -s 2g -b', '256 MiB')),
    silent('put_block', { put_block: '90000' }, command('-d DIR in one of two commands', 'bonnie++ -s 2g, then bonnie++ -d DIR', '256 MiB')),
  ],
  'runs-differ': [
    noted(null, writes(1000, 1001), { given: 'names vm101 and vm102', each: [{ name: 'vm101' }, { name: 'vm102' }] }),
    noted(null, writes(1000, 1001), { given: 'versions 1.03c and 1.03e', each: [{ version: '1.03c' }, { version: '1.03e' }] }),
    noted(null, { put_block: '1000' }, { given: 'version 1.03e beside 1.03c', beside: { put_block: '1000' }, each: [{ version: '1.03e' }] }),
    noted(null, { put_block: '1000' }, { given: 'a file of 2 GiB beside one of 4 GiB', beside: { put_block: '1000' }, besides: { file_size_mib: 4096 } }),
    noted(null, { put_block: '1000' }, { given: 'concurrency 4 beside none', beside: { put_block: '1000' }, each: [{ concurrency: 4 }] }),
    silent(null, { put_block: '1000' }, { given: 'concurrency 1 beside none', beside: { put_block: '1000' }, each: [{ concurrency: 1 }] }),
    silent(null, writes(1000, 1001), { given: 'a run without a name', each: [{ name: 'vm101' }, { name: '' }] }),
    silent(null, writes(1000, 1001), { given: 'the same two names beside it', each: [{ name: 'vm101' }, { name: 'vm101' }], beside: { put_block: '900' }, besides: { name: 'vm101' } }),
  ],
  'blocked-order': [
    noted(null, writes(1000, 1001), { given: 'order: blocked', facts: { ...QUIET, order: 'blocked' }, beside: { put_block: '900' } }),
    silent(null, writes(1000, 1001), { given: 'order: interleaved', facts: { ...QUIET, order: 'interleaved' }, beside: { put_block: '900' } }),
  ],
  'single-run': [noted(null, writes(1000)), silent(null, writes(1000, 1001))],
  'cpu-scope': [noted(null, { put_block: '1000@20' }), silent(null, { put_block: '1000' })],
}

/** The examples of a check as plain data. */
export function exampleFacts(rule: string): ExampleFacts[] {
  return (EXAMPLES[rule] ?? []).map(factsOf)
}
