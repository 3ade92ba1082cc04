/** SHELF: what happens to the characters of saved outputs: blanks, look-alikes, ends of lines, encodings. */
import { eachLine, type Mangling, mapLines, unexpanded, whole } from './mangle.ts'

const BLANKS: readonly Mangling[] = [
  eachLine('collapsed', 'blanks', (line) => line.trim().split(/\s+/).join(' ')),
  eachLine('collapsed but for the beginning', 'blanks', (line) => line.replace(/(\S)[ \t]+/g, '$1 ')),
  eachLine('without leading blanks', 'blanks', (line) => line.trimStart()),
  eachLine('without trailing blanks', 'nothing', (line) => line.trimEnd()),
  eachLine('with trailing blanks', 'nothing', (line) => `${line}   `),
  eachLine('blanks doubled', 'blanks', (line) => line.replaceAll(' ', '  ')),
  eachLine('unexpanded', 'nothing', unexpanded),
  eachLine('tabs for runs of blanks', 'blanks', (line) => line.trimStart().replace(/ {2,}/g, '\t')),
  eachLine('all blanks tabs', 'blanks', (line) => line.trim().replace(/ +/g, '\t')),
  eachLine('no-break spaces', 'nothing', (line) => line.replaceAll(' ', '\u00a0')),
  eachLine('no-break spaces in turn', 'nothing', (line) => line.replaceAll('  ', ' \u00a0')),
  eachLine('thin spaces', 'nothing', (line) => line.replaceAll(' ', '\u2009')),
  eachLine('ideographic spaces', 'nothing', (line) => line.replaceAll(' ', '\u3000')),
  eachLine('zero-width spaces', 'nothing', (line) => line.replace(/([ ,])/g, '$1\u200b')),
  eachLine('soft hyphens', 'nothing', (line) =>
    line.replace(/([-\d])(?=[-\d])/g, (all, one, at) => (at % 7 === 0 ? `${one}\u00ad` : all)),
  ),
  eachLine('byte order marks', 'nothing', (line) => `\ufeff${line}`),
  eachLine('control characters of direction', 'nothing', (line) => `\u200e${line}\u202c`),
  whole('a blank line between all lines', 'nothing', (text) => mapLines(text, (line) => [line, ''])),
  whole('blanks lines of bars', 'nothing', (text) => mapLines(text, (line) => [`| ${line} |`, '|'])),
]

const DRESS: readonly Mangling[] = [
  eachLine('en dashes for two', 'blanks', (line) => line.replaceAll('--', '\u2013')),
  eachLine('em dashes for two', 'blanks', (line) => line.replaceAll('--', '\u2014')),
  eachLine('ellipses', 'nothing', (line) => line.replaceAll('...', '\u2026')),
  eachLine('minus signs', 'nothing', (line) => line.replaceAll('-', line.includes('--') ? '\u2212' : '-')),
  eachLine('non-breaking hyphens', 'nothing', (line) =>
    line.replaceAll('-', line.includes('--') ? '\u2011' : '-'),
  ),
  eachLine('full-width plus signs', 'nothing', (line) => line.replaceAll('+', '\uff0b')),
  eachLine('full-width', 'nothing', (line) =>
    line.replace(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)),
  ),
]

const ENDS: readonly Mangling[] = [
  whole('CRLF', 'nothing', (text) => text.replaceAll('\n', '\r\n')),
  whole('CR', 'nothing', (text) => text.replaceAll('\n', '\r')),
  whole('CR CR LF', 'nothing', (text) => text.replaceAll('\n', '\r\r\n')),
  whole('mixed line ends', 'nothing', (text) =>
    text.replace(/\n/g, (_, at) => (at % 3 === 0 ? '\r\n' : '\n')),
  ),
  whole('line separators', 'nothing', (text) => text.replaceAll('\n', '\u2028')),
  whole('form feeds', 'nothing', (text) => `\f${text}\f`),
  whole('no newline at the end', 'nothing', (text) => text.trimEnd()),
]

const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}

const ENCODINGS: readonly Mangling[] = [
  { name: 'byte order mark', loss: 'nothing', mangle: (text) => Buffer.from(`\ufeff${text}`) },
  { name: 'UTF-16LE', loss: 'nothing', mangle: (text) => utf16(text, false, true) },
  { name: 'UTF-16BE', loss: 'nothing', mangle: (text) => utf16(text, true, true) },
  { name: 'UTF-16LE without mark', loss: 'nothing', mangle: (text) => utf16(text, false, false) },
  { name: 'UTF-16BE without mark', loss: 'nothing', mangle: (text) => utf16(text, true, false) },
  { name: 'Latin-1', loss: 'nothing', mangle: (text) => Buffer.from(`R\xe9sultats\n${text}`, 'latin1') },
  {
    name: 'Windows-1252 dashes',
    loss: 'blanks',
    mangle: (text) => Buffer.from(text.replaceAll('--', '\x96').replaceAll('...', '\x85'), 'latin1'),
  },
  {
    name: 'no-break spaces of Latin-1',
    loss: 'nothing',
    mangle: (text) => Buffer.from(text.replaceAll('  ', ' \xa0'), 'latin1'),
  },
  {
    name: 'UTF-8 taken for Latin-1',
    loss: 'nothing',
    mangle: (text) => Buffer.from(Buffer.from(text.replaceAll('  ', ' \u00a0')).toString('latin1')),
  },
]

export const OF_CHARACTERS: readonly Mangling[] = [...BLANKS, ...DRESS, ...ENDS, ...ENCODINGS]
