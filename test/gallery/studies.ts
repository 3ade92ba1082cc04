/** SHELF: what the studies of the gallery measured: many backends and one, many runs and one, huge differences and none. */
import { METRIC_IDS } from '../../src/model/metric.ts'
import { csv103, csv200, type Rates, text200 } from './outputs.ts'
import { disk, KNOWN, study, type Tree } from './study.ts'

const title = (text: string, more: object = {}) => ({ title: text, ...KNOWN, ...more })
const same = (rate: number | '+'): Rates => Object.fromEntries(METRIC_IDS.map((id) => [id, rate]))

export const MEASURED: readonly Tree[] = [
  study('alone', title('One backend'), [{ folder: 'lvm', rates: disk(), runs: 3 }]),
  study('two-single', null, [
    { folder: 'loopback', rates: disk(0.4), printed: { size: '2064M' } },
    { folder: 'blktap', rates: disk(), printed: { size: '2064M' } },
  ]),
  study(
    'eight-backends',
    title('Eight ways to one disk'),
    ['loopback', 'loopback-direct', 'blktap', 'lvm', 'lvm-thin', 'partition', 'qcow2', 'qdisk'].map(
      (folder, i) => ({ folder, rates: disk(1 - i * 0.06), runs: 3 }),
    ),
  ),
  study(
    'five-by-twenty',
    title('Five backends, twenty runs each'),
    ['blktap', 'lvm', 'partition', 'qcow2', 'qdisk'].map((folder, i) => ({
      folder,
      rates: disk(1 - i * 0.1),
      runs: 20,
    })),
  ),
  study('forty-runs', title('Forty runs each'), [
    { folder: 'lvm', rates: disk(), runs: 40 },
    { folder: 'partition', rates: disk(1.03), runs: 40 },
  ]),
  study('all-too-fast', title('Nothing took long enough'), [
    { folder: 'loopback', rates: same('+') },
    { folder: 'lvm', rates: same('+') },
  ]),
  study(
    'all-suspect',
    title('Attach lines that select something else', {
      backends: {
        loopback: { kind: 'loopback', attach: 'phy:/dev/vg/guest' },
        lvm: { kind: 'lvm', attach: 'file:/srv/guest.img' },
      },
    }),
    [
      { folder: 'loopback', rates: disk(0.6), runs: 3 },
      { folder: 'lvm', rates: disk(), runs: 3 },
    ],
  ),
  study('all-memory', title('Every number from memory', { host: { ...KNOWN.host, dom0_ram: '64 GiB' } }), [
    {
      folder: 'loopback',
      rates: disk(9, { putc: 70_000 }),
      runs: 3,
      printed: { cpu: { other: 99 } },
    },
    {
      folder: 'qcow2',
      rates: disk(8, { putc: 69_000 }),
      runs: 3,
      printed: { cpu: { other: 98 } },
    },
  ]),
  study('all-the-same', title('No difference to speak of'), [
    { folder: 'lvm', rates: disk(), runs: 6, scatter: 0.004 },
    { folder: 'partition', rates: disk(), runs: 6, scatter: 0.004 },
  ]),
  study('baseline-worst', title('A baseline that everything beats', { baseline: 'qcow2' }), [
    { folder: 'qcow2', rates: disk(0.2), runs: 6 },
    { folder: 'lvm', rates: disk(), runs: 6 },
    { folder: 'partition', rates: disk(1.2), runs: 6 },
  ]),
  study('baseline-best', title('A baseline that nothing reaches', { baseline: 'partition' }), [
    { folder: 'partition', rates: disk(), runs: 6 },
    { folder: 'lvm', rates: disk(0.5), runs: 6 },
    { folder: 'qcow2', rates: disk(0.1), runs: 6 },
  ]),
  study('latencies', title('The worst single operations'), [
    {
      folder: 'lvm',
      rates: disk(),
      runs: 4,
      dialect: text200,
      printed: { latency: { other: 40_000, seeks: 900_000 } },
    },
    {
      folder: 'blktap',
      rates: disk(0.9),
      runs: 4,
      dialect: text200,
      printed: { latency: { other: 4_000_000, get_block: 61_000_000, seq_stat: 80 } },
    },
  ]),
  study('half-too-fast', title('Too fast to time in half of the runs'), [
    { folder: 'lvm', rates: disk(), runs: 6, halfTooFast: ['seeks', 'seq_create', 'ran_del'] },
    { folder: 'blktap', rates: disk(0.7), runs: 6, halfTooFast: ['seq_create'] },
  ]),
  study('baseline-too-fast', title('A baseline too fast to time', { baseline: 'partition' }), [
    { folder: 'partition', rates: disk(1, { seq_create: '+', seq_del: '+', ran_create: '+' }), runs: 3 },
    { folder: 'lvm', rates: disk(0.8), runs: 3 },
  ]),
  study('ten-thousand-times', title('Ten thousand times as fast'), [
    { folder: 'qcow2', rates: { put_block: 40, rewrite: 21, get_block: 61, seeks: 0.3 }, runs: 3 },
    {
      folder: 'lvm',
      rates: { put_block: 412_000, rewrite: 208_000, get_block: 604_000, seeks: 3_100 },
      runs: 3,
    },
  ]),
  study('hair-breadth', title('A thousandth apart'), [
    { folder: 'lvm', rates: disk(), runs: 8, scatter: 0.0001 },
    { folder: 'partition', rates: disk(1.001), runs: 8, scatter: 0.0001 },
  ]),
  study('zeros', title('Rates of zero'), [
    {
      folder: 'lvm',
      rates: { ...same(0), put_block: 61_000, seq_create: 2_900, ran_create: 2_800 },
      runs: 3,
    },
    { folder: 'blktap', rates: disk(), runs: 3 },
    { folder: 'partition', rates: same(0), runs: 2 },
  ]),
  study(
    'not-durable',
    title('Flushes that go nowhere', { backends: { qdisk: { kind: 'qdisk', durable: false } } }),
    [
      { folder: 'qdisk', rates: disk(1.6), runs: 6 },
      { folder: 'lvm', rates: disk(), runs: 6 },
    ],
  ),
  study(
    'none-durable',
    title('No flush arrives', {
      backends: { qdisk: { kind: 'qdisk', durable: false }, lvm: { kind: 'lvm', durable: false } },
    }),
    [
      { folder: 'qdisk', rates: disk(1.6), runs: 3 },
      { folder: 'lvm', rates: disk(), runs: 3 },
    ],
  ),
  study('clear', title('A choice beyond doubt'), [
    { folder: 'lvm', rates: disk(1.3), runs: 10 },
    { folder: 'partition', rates: disk(0.9), runs: 10 },
  ]),
  study('leaning', title('A choice that is not quite sure'), [
    { folder: 'lvm', rates: disk(1.25), runs: 3, scatter: 0.08 },
    { folder: 'qdisk', rates: disk(), runs: 3, scatter: 0.08 },
  ]),
  study('undecided', title('Noise'), [
    { folder: 'lvm', rates: disk(1.04), runs: 6, scatter: 0.12 },
    { folder: 'partition', rates: disk(), runs: 6, scatter: 0.12 },
  ]),
  study('two-versions', title('Two versions of bonnie++'), [
    { folder: 'lvm', rates: disk(), runs: 3, dialect: text200 },
    { folder: 'qdisk', rates: disk(0.8), runs: 3, dialect: csv103 },
  ]),
  study('concurrency', title('Four guests on one disk'), [
    { folder: 'lvm', rates: disk(0.3), runs: 3, dialect: csv200, printed: { concurrency: 4 } },
    { folder: 'qdisk', rates: disk(0.25), runs: 3, dialect: csv200, printed: { concurrency: 4 } },
  ]),
  study('drift', title('A disk that slows down, and one that stumbles', { order: 'blocked' }), [
    { folder: 'lvm', rates: disk(), runs: 8, scatter: 0.01, course: (run) => 0.93 ** run },
    {
      folder: 'qdisk',
      rates: disk(),
      runs: 8,
      scatter: 0.01,
      course: (run) => (run === 5 ? 0.2 : 1),
    },
  ]),
  study(
    'kvm',
    title('Images and volumes under KVM', {
      host: { ...KNOWN.host, hypervisor: 'KVM (QEMU 8.2)', dom0_ram: '2 GiB' },
    }),
    [
      { folder: 'kvm-raw', rates: disk(0.95), runs: 5, dialect: csv200 },
      { folder: 'kvm-qcow2', rates: disk(0.7), runs: 5, dialect: csv200 },
      { folder: 'kvm-lvm', rates: disk(), runs: 5, dialect: csv200 },
    ],
  ),
  study(
    'cloud',
    {
      title: 'Volumes of a cloud',
      date: '2025',
      guest: { ram: '4 GiB', vcpus: 2 },
      backends: { gp3: { title: 'gp3, 3,000 IOPS' }, 'local-nvme': { title: 'the local NVMe disk' } },
    },
    [
      { folder: 'gp3', rates: disk(2), runs: 3, dialect: text200 },
      { folder: 'local-nvme', rates: disk(14), runs: 3, dialect: text200 },
    ],
  ),
  study(
    'snapshot',
    title('Below an open snapshot', {
      backends: {
        lvm: { kind: 'lvm' },
        'lvm-snapshot': { kind: 'lvm-snapshot', snapshot: true, title: 'LVM below a snapshot' },
      },
    }),
    [
      { folder: 'lvm', rates: disk(), runs: 3 },
      { folder: 'lvm-snapshot', rates: disk(1, { put_block: 9_000, rewrite: 5_000 }), runs: 3 },
    ],
  ),
  study('no-files', title('Blocks alone'), [
    { folder: 'lvm', rates: { put_block: 61_000, rewrite: 27_000, get_block: 88_000, seeks: 190 } },
    { folder: 'qdisk', rates: { put_block: 60_000, rewrite: 26_000, get_block: 85_000, seeks: 187 } },
  ]),
]
