/** SHELF: what the studies of the gallery say: titles in other scripts, long names, prose, problems, and an author who means harm. */
import { csv103 } from './outputs.ts'
import { disk, KNOWN, study, type Tree } from './study.ts'

const LONG = 'a volume of the second group on the mirrored pair of 2 TB SSDs'

/** A picture of one point, the smallest that browsers show. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const EVIL =
  '<script>alert(1)</script><img src=x onerror=alert(2)>|`x` [l](javascript:alert(3)) \u202egnp.exe {{ 7*7 }} </title>'

const titled = (title: string, names: Readonly<Record<string, string>>, more: object = {}) => ({
  title,
  ...KNOWN,
  backends: Object.fromEntries(Object.entries(names).map(([kind, name]) => [kind, { kind, title: name }])),
  ...more,
})

const three = (...folders: readonly string[]) =>
  folders.map((folder, i) => ({ folder, rates: disk(1 - i * 0.3), runs: 3 }))

const PROSE = `# What we wanted to know

We ran both on one host. LVM wrote [](value:lvm.put_block), the image [](value:qcow2.put_block); the CPU shares were [](value:lvm.put_block.cpu) and [](value:qcow2.put_block.cpu).

## Claims

1. LVM [wrote about 1.4 times as fast](<claim:lvm.put_block / qcow2.put_block about 1.4>).
2. The image [read faster](<claim:qcow2.get_block above lvm.get_block>).
3. A vendor says that [its image loses at most a tenth](<quote:qcow2.put_block / lvm.put_block ≥ 0.9>).
4. LVM probably [looks files up faster](<claim:lvm.seq_stat above qcow2.seq_stat>).

| Step | What | Long word |
| --- | --- | --- |
| 1 | made the volume | Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft |
| 2 | ran it | \`bonnie++ -d /mnt -s 8g -n 16 -u nobody -m guest -r 1024 -x 3 -q\` |

\`\`\`
lvcreate -L 20G -n guest vg && mkfs.ext4 /dev/vg/guest && mount /dev/vg/guest /mnt && bonnie++ -d /mnt -s 8g -n 16 -u nobody
\`\`\`

![One point, standing for a diagram of the host](host.png)

> A quotation of somebody who measured 500 MB/s.

- a list
  - with a list in it

##### A heading four levels down

https://example.org/an/address/that/is/much/longer/than/any/line/of/a/telephone/could/ever/hold/without/breaking.html
`

export const NAMED: readonly Tree[] = [
  study(
    'long-names',
    titled(
      'Does the second volume group on the mirrored pair of solid-state disks keep up with the image files on the old array?',
      {
        lvm: LONG,
        qcow2: `${LONG.slice(0, 44)}, as an image`,
        partition: 'Unbrechbareslangeswortohnejedesleerzeichenundohneendeinsicht',
      },
    ),
    three('lvm', 'qcow2', 'partition'),
  ),
  study(
    'cyrillic',
    titled('Что быстрее: том LVM или образ диска?', { lvm: 'том LVM', qcow2: 'образ qcow2 на ext4' }),
    three('lvm', 'qcow2'),
  ),
  study(
    'cjk',
    titled('论理卷与映像文件：哪一个更快？', { lvm: '逻辑卷管理器', qcow2: '仮想ディスクイメージ' }),
    three('lvm', 'qcow2'),
  ),
  study(
    'right-to-left',
    titled('أيهما أسرع: وحدة تخزين منطقية أم صورة قرص؟', { lvm: 'وحدة تخزين منطقية', qcow2: 'תמונת דיסק' }),
    three('lvm', 'qcow2'),
  ),
  study(
    'superseded',
    titled(
      'An old comparison',
      { lvm: 'LVM' },
      { status: 'superseded', reason: 'The disk was replaced in May.' },
    ),
    three('lvm', 'qcow2'),
  ),
  study(
    'invalid',
    titled(
      'A comparison of the wrong disk',
      { lvm: 'LVM' },
      { status: 'invalid', reason: 'Both images lay on the same volume.' },
    ),
    three('lvm', 'qcow2'),
  ),
  study(
    'accepted',
    titled(
      'Known problems',
      { lvm: 'LVM' },
      {
        accepted: [
          { file: 'lvm/notes.txt', rule: 'no-result', because: 'It holds the steps that were taken.' },
          { file: 'qcow2/run-9.txt', rule: 'row-ends-early', because: 'The console was closed too early.' },
        ],
        caveats: ['The clock of the guest ran slow.', 'The second disk was replaced after run 2'],
      },
    ),
    three('lvm', 'qcow2'),
  ),
  {
    'accepted/lvm/notes.txt': 'First we made the volume, then we ran it.\n',
    'accepted/qcow2/run-9.txt': 'guest,8G,51000,9,60000,9,26\n',
  },
  study(
    'prose',
    titled('Numbers and claims', { lvm: 'LVM', qcow2: 'an image' }, { baseline: 'qcow2' }),
    three('lvm', 'qcow2'),
    PROSE,
  ),
  study(
    'hostile',
    {
      title: EVIL,
      authors: [EVIL],
      licence: EVIL,
      command: EVIL,
      source: 'https://example.org/"><script>alert(4)</script>',
      host: { cpu: EVIL, hypervisor: EVIL },
      guest: { ram: '1 GiB', filesystem: EVIL },
      backends: { lvm: { title: EVIL }, qcow2: { title: `]]> & "quoted" 'single'` } },
      caveats: [EVIL],
      status: 'superseded',
      reason: EVIL,
    },
    three('lvm', 'qcow2'),
    `# ${EVIL}\n\n![far](https://evil.example/x.png) <iframe src="https://evil.example"></iframe>\n\n[r]: javascript:alert(4)\n\n[go][r]\n`,
  ),
  study('unread', { title: 'Nothing that could be read' }, []),
  { 'unread/lvm/run-1.txt': 'bonnie++: Permission denied\n', 'unread/qcow2/run-1.txt': 'to do\n' },
  { 'loopback.txt': csv103One(0.5), 'blktap.txt': csv103One(1) },
]

/** Bytes that lie beside the texts. */
export const PICTURES: Readonly<Record<string, Buffer>> = {
  'prose/host.png': Buffer.from(PICTURE, 'base64'),
}

function csv103One(factor: number): string {
  const printed = { name: 'vm', size: '4G', files: 16, cpu: {}, latency: {}, concurrency: 1, seed: 1 }
  return csv103({ ...printed, rates: disk(factor) })
}
