/** SHELF: what may have become of a saved output, or may be given out for one. */
import { gzipSync } from 'node:zlib'
import type { Dice } from '../dice.ts'
import { PAYLOADS } from './payloads.ts'

export interface Damage {
  /** how many of ten thousand files: what takes megabytes is rare */
  readonly share: number
  make(saved: Buffer, dice: Dice, other: Buffer): string | Uint8Array
}

const often = (make: Damage['make']): Damage => ({ share: 250, make })
const seldom = (make: Damage['make']): Damage => ({ share: 8, make })

/** A change of the text, byte for byte a character. */
const text = (change: (saved: string, dice: Dice) => string) =>
  often((saved, dice) => Buffer.from(change(saved.toString('latin1'), dice), 'latin1'))

/** Some of the numbers become another word. */
const numbers = (word: string) =>
  text((saved, dice) =>
    saved.replace(/(?<![\w.])\d+(?:\.\d+)?/g, (number) => (dice.below(4) === 0 ? word : number)),
  )

const inMiddle = (saved: string, part: string, dice: Dice) => {
  const at = dice.below(saved.length + 1)
  return saved.slice(0, at) + part + saved.slice(at)
}

const BOMB = 257 * 2 ** 20
let bomb: Uint8Array | undefined

export const DAMAGES: Readonly<Record<string, Damage>> = {
  none: often((saved) => saved),
  truncated: often((saved, dice) => saved.subarray(0, dice.below(saved.length))),
  'bits flipped': often((saved, dice) => {
    const bytes = Buffer.from(saved)
    for (let i = 0; i < 1 + dice.below(30) && bytes.length > 0; i += 1) {
      const at = dice.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8))
    }
    return bytes
  }),
  'tables spliced': often((saved, dice, other) =>
    Buffer.concat([saved.subarray(0, dice.below(saved.length)), other.subarray(dice.below(other.length))]),
  ),
  'lines shuffled': text((saved, dice) =>
    saved
      .split('\n')
      .map((line) => [dice.below(1000), line] as const)
      .sort(([a], [b]) => a - b)
      .map(([, line]) => line)
      .join('\n'),
  ),
  'columns swapped': text((saved, dice) =>
    saved.replace(/(\S+)([ ,]+)(\S+)/g, (all, a, blank, b) =>
      dice.below(6) === 0 ? `${b}${blank}${a}` : all,
    ),
  ),
  'numbers of 400 digits': numbers(`1${'0'.repeat(400)}`),
  'numbers with exponents': numbers('1e400'),
  'no numbers': numbers('NaN'),
  'numbers without end': numbers('Infinity'),
  'less than nothing': numbers('-0'),
  'numbers in hex': numbers('0x7fffffff'),
  'numbers above 2^64': numbers('18446744073709551616'),
  'numbers of pluses': numbers('+++++'),
  'thousands of commas': text((saved, dice) => inMiddle(saved, ','.repeat(5000 + dice.below(5000)), dice)),
  'thousands of blanks': text((saved, dice) => inMiddle(saved, ' '.repeat(20_000), dice)),
  'thousands of margins': text((saved, dice) => inMiddle(saved, '> '.repeat(10_000), dice)),
  NULs: text((saved, dice) => inMiddle(saved, '\0'.repeat(1 + dice.below(50)), dice)),
  'UTF-16': often((saved) => Buffer.from(`\ufeff${saved.toString('latin1')}`, 'utf16le')),
  'half of UTF-16': often((saved) => Buffer.from(saved.toString('latin1'), 'utf16le').subarray(1)),
  'marks of byte order': text((saved, dice) => inMiddle(saved, '\xef\xbb\xbf\xff\xfe', dice)),
  'no UTF-8': text((saved, dice) => inMiddle(saved, '\xff\xc0\x80\xed\xa0\x80\xf8', dice)),
  'half characters': often((saved) => Buffer.concat([saved, Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8])])),
  'returns alone': text((saved) => saved.replaceAll('\n', '\r')),
  'line ends of every kind': text((saved, dice) =>
    saved.replace(/\n/g, () => dice.one(['\r', '\r\r\n', '\u000b', '\u0085', '\n\r', '\f'])),
  ),
  'quoted-printable that ends': text((saved, dice) => inMiddle(saved.replaceAll('=', '=3D'), '=\n=0', dice)),
  payloads: often((saved, dice) =>
    inMiddle(saved.toString(), dice.one(Object.values(PAYLOADS)).slice(0, 5000), dice),
  ),
  'payloads as names': often((saved, dice) => {
    const word = dice.one(Object.values(PAYLOADS)).slice(0, 500)
    return saved.toString().replace(/^\S+(?=[ ,]+\d+[MG])/gm, () => word)
  }),
  'escapes of a terminal': text((saved, dice) => inMiddle(saved, '\x1b[2J\x1b]0;x\x07\x9b31m\b\b', dice)),
  'gzip cut off': often((saved, dice) => {
    const packed = gzipSync(saved)
    return packed.subarray(0, 2 + dice.below(packed.length - 2))
  }),
  'gzip damaged': often((saved, dice) => {
    const packed = gzipSync(saved)
    packed[10 + dice.below(packed.length - 10)] = dice.below(256)
    return packed
  }),
  'gzip in gzip': often((saved) => gzipSync(gzipSync(saved))),
  nothing: often(() => ''),
  'a word': often((_, dice) => dice.one(['x', '\n', ',', '<', '\x1f\x8b', '\0', '\ufeff', '---\n'])),
  noise: often((_, dice) => Buffer.from(Array.from({ length: dice.below(3000) }, () => dice.below(256)))),
  // what takes megabytes
  'a line of 5 MB': seldom((saved) =>
    saved.toString('latin1').replaceAll('\n', ' ').repeat(4000).slice(0, 5e6),
  ),
  'a cell of 5 MB': seldom((saved) => `${saved},${'9'.repeat(5e6)},1,2,3\n`),
  'two million commas': seldom((saved) => `${saved}\n${','.repeat(2e6)}`),
  'a million line ends': seldom((saved) => `${'\n'.repeat(1e6)}${saved}`),
  'HTML 100,000 deep': seldom((saved) => `${'<table><tr><td>'.repeat(1e5)}${saved}`),
  'HTML that is never closed': seldom((saved) => `${'<'.repeat(5e5)}${saved}${'<!--'.repeat(1e5)}`),
  'entities without end': seldom((saved) => `${'&amp;'.repeat(2e5)}${saved}${'&'.repeat(5e5)}`),
  'wrapped a byte a line': seldom((saved) => saved.toString('latin1').repeat(20).split('').join('\n')),
  'soft breaks without end': seldom((saved) => `${saved}${'=\n'.repeat(3e5)}`),
  'a head a thousand times': seldom((saved) => {
    const lines = saved.toString('latin1').split('\n')
    return lines.flatMap((line) => (/Version|------/.test(line) ? Array(3000).fill(line) : [line])).join('\n')
  }),
  'a gzip bomb': {
    share: 3,
    make: () => {
      bomb ??= gzipSync(Buffer.alloc(BOMB))
      return bomb
    },
  },
}
