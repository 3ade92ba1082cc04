/** SHELF: what may lie in a folder beside files, and what files may be called. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

/** Makes what it can at a place; where a system knows no such thing, nothing. */
export type Node = (place: string, outside: string) => void

const command = (...words: readonly string[]): Node => {
  const [name = '', ...rest] = words
  return (place) => spawnSync(name, [...rest.map((word) => (word === '%' ? place : word))])
}

const link =
  (target: (outside: string) => string): Node =>
  (place, outside) =>
    fs.symlinkSync(target(outside), place)

/** Larger than what is held whole. */
const SPARSE = 4 * 2 ** 30

export const NODES: Readonly<Record<string, Node>> = {
  'link out': link((outside) => outside),
  'link out to a file': link((outside) => path.join(outside, 'secret.txt')),
  'link out of the root': link(() => '/etc/passwd'),
  'link to a device': link(() => '/dev/zero'),
  'link to the process': link(() => '/proc/self/environ'),
  'link up': link(() => '../../../../../../../..'),
  'link to its folder': link(() => '.'),
  'link to itself': (place) => fs.symlinkSync(path.basename(place), place),
  'link to nothing': link(() => 'nowhere'),
  'link of a long name': link(() => 'x'.repeat(4000)),
  pipe: command('mkfifo', '%'),
  'device of zeros': command('mknod', '%', 'c', '1', '5'),
  'device of a disk': command('mknod', '%', 'b', '7', '0'),
  socket: (place) => {
    // a socket's path is of 107 bytes at most
    const server = createServer().on('error', () => {})
    server.listen(path.relative(process.cwd(), place)).unref()
  },
  'sparse file': (place) => {
    fs.writeFileSync(place, '')
    fs.truncateSync(place, SPARSE)
  },
  'sparse file of a bearable size': (place) => {
    fs.writeFileSync(place, '')
    fs.truncateSync(place, 2 ** 22)
  },
  'file of nobody': (place) => {
    fs.writeFileSync(place, 'x')
    fs.chmodSync(place, 0)
  },
  'folder of nobody': (place) => {
    fs.mkdirSync(place)
    fs.writeFileSync(path.join(place, 'x.txt'), 'x')
    fs.chmodSync(place, 0)
  },
  'empty folder': (place) => fs.mkdirSync(place),
  'folder with the name of a file': (place) => {
    fs.mkdirSync(`${place}.txt`)
    fs.writeFileSync(path.join(`${place}.txt`, 'study.md'), '---\ntitle: [\n---\n')
  },
  'folders 60 deep': (place) => {
    const deep = path.join(place, ...Array(60).fill('d'))
    fs.mkdirSync(deep, { recursive: true })
    fs.writeFileSync(path.join(deep, 'x.txt'), 'x')
  },
}

/** Names of files; `#` stands for a number that makes each another. */
export const NAMES: readonly (string | Buffer)[] = [
  '#.txt',
  'run-#.csv',
  'lvm#.txt',
  'blktap2-#.log',
  '-rf #',
  '--output=#',
  '#\n.txt',
  '#\n::error file=x::y',
  '#\r.txt',
  '#\t.txt',
  '# "quoted" \'twice\' `thrice`.txt',
  '#$(touch hacked).txt',
  '#; touch hacked;.txt',
  '__proto__#',
  'constructor#',
  'toString',
  '__proto__',
  '#..',
  '...#',
  '..\\..\\#.txt',
  '..%2f..%2f#.txt',
  '#\x1b[2J\x1b]0;owned\x07.txt',
  '#\x9b31m.txt',
  '#\u202egnp.txt',
  '#\u200b\ufeff.txt',
  '#\u2028.txt',
  '#<img src=x onerror=alert(1)>.txt',
  '#](javascript:alert(1)).txt',
  '#|a|b|.txt',
  '=HYPERLINK("#").csv',
  '#,1,2,3.csv',
  '#:4:12: error: made up. [no-result]',
  '#[a]*{b,c}!(d)?.txt',
  '#%00.txt',
  'CON#.txt',
  '#.gz',
  '#.PNG.txt',
  `#${'e\u0301'.repeat(70)}`,
  `#${'x'.repeat(230)}`,
  Buffer.from('#\xff\xfe\x80.txt', 'latin1'),
  Buffer.from('#\xed\xa0\x80.txt', 'latin1'),
]

/** A name with its number in it, as the bytes that the disk keeps. */
export function nameOf(name: string | Buffer, number: number): Buffer {
  const latin1 = Buffer.from(name).toString('latin1')
  return Buffer.from(latin1.replace('#', String(number)), 'latin1')
}
