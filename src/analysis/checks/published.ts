import type { Tristate } from '../../model/backend.ts'
import type { Facts } from '../../model/study.ts'
import { type Circumstances, type Row, runOf, type Subject } from './trial.ts'

/**
 * SHELF: the complete rows of bonnie and bonnie++ that were found published, on which the checks are tried. A row is
 * complete if it has block write, rewrite and block read. Facts are only what was published with it.
 */
export interface Published extends Circumstances {
  readonly id: string
  readonly title: string
  readonly year: string
  readonly url: string
  /** rows of one study share a disk */
  readonly study: string
  /** the id of the page of its backend, where there is one */
  readonly kind?: string
  readonly caches: Tristate
  readonly facts: Facts
  readonly row: Row
}

const SEED = {
  study: 'seed',
  year: 'about 2010',
  url: 'https://www.systutorials.com/an-io-performance-comparison-between-loopback-backed-and-blktap-backed-xen-file-backed-vbd/',
  file_size_mib: 2064,
  facts: { guest: { ram: '1 GiB' } },
} as const
const XEN_DEVEL = {
  study: 'xendevel2006',
  year: '2006',
  url: 'https://lists.xenproject.org/archives/html/xen-devel/2006-07/msg00226.html',
  version: null,
  dialect: 'bonnie text',
  facts: { host: { disk: { spindles: 1 } } },
} as const
const GREGG = {
  year: 'about 2013',
  url: 'https://brendangregg.com/ActiveBenchmarking/bonnie++.html',
  version: '1.03e',
  caches: 'unknown',
  facts: {},
} as const
const DO = {
  year: '2013',
  version: '1.96',
  file_size_mib: 1024,
  caches: 'unknown',
  facts: { guest: { ram: '512 MiB' }, host: { disk: { kind: 'ssd' } } },
} as const
const OVH = {
  year: '2016',
  version: '1.97',
  file_size_mib: 4096,
  caches: 'unknown',
  facts: { command: 'bonnie++ -s 4096M -r 1096' },
} as const
const YKEN = {
  year: '2014',
  url: 'https://gist.github.com/y-ken/9108610',
  version: '1.03e',
  caches: 'unknown',
  facts: { guest: { ram: '1 GiB' } },
} as const
const BARE = { year: '2012 to 2015', caches: 'no' } as const
const HDD: Facts = { host: { disk: { kind: 'hdd' } } }

// biome-ignore format: a table reads best as one
export const PUBLISHED: readonly Published[] = [
  { id: 'seed-loop', title: 'loopback under Xen', kind: 'loopback', ...SEED, caches: 'yes', row: '25511@35 18075@3 199488@47 71094@98 937880@86 +++++ +++++ +++++ +++++ +++++ +++++ +++++' },
  { id: 'seed-blktap', title: 'blktap under Xen', kind: 'blktap', ...SEED, caches: 'no', row: '69438@96 93549@20 38118@10 54955@76 131645@8 249.1@0 29488@79 +++++ +++++ +++++ +++++ +++++' },
  { id: 'xd06-tap', title: 'blktap on a partition', kind: 'blktap', ...XEN_DEVEL, caches: 'no', row: '43805@93 45072@8 21896@0 38751@52 52781@0 121.1@0' },
  { id: 'xd06-blkback', title: 'a partition through blkback', kind: 'partition', ...XEN_DEVEL, caches: 'no', row: '43400@86 45429@8 22217@0 39075@53 52596@0 119.0@0' },
  { id: 'xd06-loop', title: 'loopback in 2006', kind: 'loopback', ...XEN_DEVEL, caches: 'yes', row: '31459@63 37672@9 16442@0 44122@78 52286 -' },
  { id: 'gregg-kvm', title: 'a KVM guest in a cloud', ...GREGG, study: 'gregg-kvm', row: '52384@23 47334@3 31938@3 74866@67 1009669@61 +++++' },
  { id: 'gregg-smartos', title: 'a SmartOS zone on ZFS', ...GREGG, study: 'gregg-smartos', row: '162464@99 72027@86 65222@99 251249@99 2426619@99 +++++' },
  { id: 'do-ide', title: 'a KVM guest with an emulated disk', ...DO, study: 'do-ide', url: 'https://gist.github.com/kenn/4741999', row: '896@99/12300 232055@31/58992 138072@39/58364 4754@99/2808 490514@29/7933 1159@81/55419 777 +++++ 1163 875 +++++ 933' },
  { id: 'do-virtio', title: 'a KVM guest with virtio', ...DO, study: 'do-virtio', url: 'https://gist.github.com/kenn/4742470', row: '907@99/18832 378531@38/28652 202541@28/59444 4507@99/3041 1180221@62/6006 1843@29/58684 1384 +++++ 1692 1547 +++++ 1656' },
  { id: 'vbox-fixed', title: 'VirtualBox with a fixed image', year: '2016', study: 'vbox', url: 'https://gist.github.com/novel/5ca8ab6a88e5d32efcdd1166db1efcbb', version: '1.97', file_size_mib: 8192, caches: 'unknown', facts: {}, row: '1027@99 51933@4 106805@13/3737000 1673@99 1051989@83 +++++ +++++ +++++ +++++ +++++ +++++ +++++' },
  { id: 'ovh-1', title: 'virtual server one', ...OVH, study: 'ovh-1', url: 'https://pastebin.com/hbTrZ8hT', row: '955@91 143557@41 159086@17 3557@97 2181153@98 5277@68 17006 +++++ +++++ +++++ +++++ +++++' },
  { id: 'ovh-2', title: 'virtual server two', ...OVH, study: 'ovh-2', url: 'https://pastebin.com/mBi8UstP', row: '411@97 87991@16 93065@17 1927@98 2112320@100 3455@83 22549 +++++ +++++ 18555 +++++ 21344' },
  { id: 'ovh-3', title: 'virtual server three', ...OVH, study: 'ovh-3', url: 'https://pastebin.com/h8PYQxiw', row: '981@98 152443@58 173604@19 3618@97 1545413@98 7928@82 +++++ +++++ +++++ +++++ +++++ +++++' },
  { id: 'yken-1', title: 'a container in KVM', ...YKEN, study: 'yken-1', row: '73015@85 186238@18 131438@16 67940@79 227414@17 175.8@0 86290 600164 101546 86227 884329 104861' },
  { id: 'yken-2', title: 'another container in KVM', ...YKEN, study: 'yken-2', row: '74022@87 193999@18 87193@11 73209@86 261183@20 224.1@1 82810 656152 108079 89487 885195 107846' },
  { id: 'rainux-lvmsnap', title: 'LVM on a host', year: '2012', study: 'rainux', url: 'https://gist.github.com/rainux/2959037', version: '1.03e', file_size_mib: 16384, caches: 'no', facts: HDD, row: '92853@92 95206@22 36664@11 87646@84 75233@10 219.1@1 +++++ +++++ +++++ +++++ +++++ +++++' },
  { id: 'ref-fuss', title: 'a hard disk', ...BARE, study: 'ref-fuss', url: 'https://gist.github.com/mayhem/3101207', version: '1.96', file_size_mib: 16384, facts: HDD, row: '611@98 101480@13 42622@6 3245@95 132217@7 359.6@2' },
  { id: 'ref-zotac', title: 'a hard disk in a small host', ...BARE, study: 'ref-zotac', url: 'https://pastebin.com/LRqF56YS', version: '1.96', file_size_mib: 4096, facts: HDD, row: '239@99 83530@11 36189@6 2312@88 98014@7 219.2@8' },
  { id: 'ref-pao', title: 'a mirror of two hard disks', ...BARE, study: 'ref-pao', url: 'https://gist.github.com/tinbotu/18fc9181abedddded063', version: '1.97', file_size_mib: 32072, facts: { host: { disk: { kind: 'raid', spindles: 2 } } }, row: '781@99 24889@4 21473@2 3780@96 163456@7 363.0@5' },
  { id: 'ref-btrfs', title: 'a hard disk with btrfs', ...BARE, study: 'ref-btrfs', url: 'https://gist.github.com/samueljon/5277852', version: '1.96', file_size_mib: 8192, facts: HDD, row: '211@98 52517@7 24589@6 1805@94 61643@11 168.1@5' },
  { id: 'ref-ssd', title: 'a solid-state disk', ...BARE, study: 'ref-ssd', url: 'https://gist.github.com/ricardoanguiano/8e276942c78eb4b5082c', version: '1.97', file_size_mib: 31904, facts: { host: { disk: { kind: 'ssd' } } }, row: '708@99 195281@17 85886@11 4101@99 251263@14 2698@83' },
  { id: 'ref-raid0', title: 'a striped array', ...BARE, study: 'ref-raid0', url: 'https://gist.github.com/ricardoanguiano/29e8faa1c6188a4698c3', version: '1.97', file_size_mib: 31904, facts: { host: { disk: { kind: 'raid' } } }, row: '971@99 409179@24 208796@21 5055@100 520551@22 11755@77' },
  { id: 'ref-oi', title: 'OpenIndiana with ZFS', ...BARE, study: 'ref-oi', url: 'https://pastebin.com/E5VVCzQf', version: '1.03c', file_size_mib: 15864, facts: {}, row: '61213@99 394073@85 230675@58 43288@99 1113836@99 +++++' },
]

/** A published row as a backend with one run. */
export function subjectOf({ id, title, kind, caches, row, ...circumstances }: Published): Subject {
  const { version, dialect, file_size_mib } = circumstances
  const beside = {
    ...(version !== undefined && { version }),
    ...(dialect !== undefined && { dialect }),
    ...(file_size_mib !== undefined && { file_size_mib }),
  }
  return { title, ...(kind !== undefined && { kind }), caches, runs: [runOf(id, row, beside)] }
}
