/** SHELF: what is known to happen to saved outputs. To add one, add a row here or on one of the two shelves it joins. */
import {
  eachLine,
  folded,
  type Loss,
  type Mangling,
  mapLines,
  oneOf,
  quotedPrintable,
  whole,
  wrapped,
} from './mangle.ts'
import { OF_CHARACTERS } from './manglings-characters.ts'
import { OF_MARKUP } from './manglings-markup.ts'

const two = (number: number) => String(number).padStart(2, '0')
const right = (number: number, width: number) => String(number).padStart(width)

/** Something before each line. */
const before = (name: string, prefix: string | ((at: number) => string), loss: Loss = 'nothing') =>
  eachLine(name, loss, (line, at) => (typeof prefix === 'string' ? prefix : prefix(at)) + line)

const MARGINS: readonly Mangling[] = [
  ...[
    '> ',
    '>',
    '>> ',
    '> > > ',
    '>>>>> ',
    'ZC> ',
    '| ',
    '# ',
    '#',
    '    # ',
    '## ',
    '// ',
    '//',
    ' * ',
    '* ',
  ].map((mark) => before(`"${mark}" before each line`, mark)),
  ...['; ', ';; ', '-- ', '% ', '! ', '+ ', '+', '- ', '-', ' ', '    ', '\t', '.. ', ': ', '" '].map(
    (mark) => before(`"${mark}" before each line`, mark),
  ),
  before('"REM " before each line', 'REM ', 'name'),
  before('numbers with colon', (at) => `${at + 1}: `),
  before('numbers with full stop', (at) => `${at + 1}. `),
  before('numbers and two blanks', (at) => `${at + 1}  `),
  before('cat -n', (at) => `${right(at + 1, 6)}\t`),
  before('numbers and a bar', (at) => `${right(at + 1, 4)} | `),
  before('grep -n', (at) => `${at + 1}:`),
  before('grep -H', 'results/run-1.txt:'),
  before('grep -nH', (at) => `results/run-1.txt:${at + 1}:`),
  before('grep -C', (at) => `${at + 8}-`, 'name'),
  before('syslog', (at) => `Nov  2 07:00:${two(at % 60)} buildhost bonnie[1234]: `),
  before('syslog of RFC 5424', (at) => `<13>1 2026-11-22T07:00:${two(at % 60)}.003Z host bonnie 1234 - - `),
  before('journald', (at) => `2026-11-22T07:00:${two(at % 60)}+0100 host bonnie[77]: `),
  before('docker --timestamps', (at) => `2026-11-22T07:00:${two(at % 60)}.123456789Z `),
  before('docker compose', 'bench-1  | '),
  before('kubectl --prefix', '[pod/bonnie-x7k2p/bonnie] '),
  before('kernel times', (at) => `[${right(at * 7, 5)}.${two(at % 60)}1234] `),
  before('ts', (at) => `Nov 22 07:00:${two(at % 60)} `),
  before('times in brackets', (at) => `[2026-11-22 07:00:${two(at % 60)}] `),
  before('short times in brackets', (at) => `[07:00:${two(at % 60)}] `),
  before('short times', (at) => `07:00:${two(at % 60)} `),
  before('seconds', (at) => `${(at * 1.7).toFixed(3)} `, 'name'),
  before('log4j', (at) => `2026-11-22 07:00:${two(at % 60)},123 INFO  [main] Bench - `),
  before('python logging', 'INFO:bench:'),
  before('chat', '<carol> '),
  before('pdsh', 'vm101: '),
  before('ansible', 'ok: [vm101] => '),
  eachLine('quoted to mixed depths', 'nothing', (line, at) => `${'> '.repeat(1 + (at % 3))}${line}`),
]

const BREAKS: readonly Mangling[] = [
  ...[60, 64, 72, 76, 78].flatMap((width) => [
    whole(`folded at ${width}`, 'nothing', (text) => mapLines(text, (line) => folded(line, width))),
    whole(`wrapped at ${width}`, 'blanks', (text) => mapLines(text, (line) => wrapped(line, width))),
  ]),
  whole('wrapped, each part quoted', 'blanks', (text) =>
    mapLines(text, (line) => wrapped(line, 72).map((part) => `> ${part}`)),
  ),
  whole('quoted, then wrapped without marks', 'blanks', (text) =>
    mapLines(text, (line) => wrapped(`> ${line}`, 76)),
  ),
  whole('quoted, then folded without marks', 'nothing', (text) =>
    mapLines(text, (line) => folded(`> ${line}`, 76)),
  ),
  whole('wrapped, quoted, wrapped and quoted again', 'blanks', (text) =>
    mapLines(text, (line) =>
      wrapped(line, 76).flatMap((part) => wrapped(`> ${part}`, 72).map((each) => `> ${each}`)),
    ),
  ),
  whole('commented, folded', 'nothing', (text) => mapLines(text, (line) => folded(`# ${line}`, 70))),
  whole('format=flowed', 'blanks', (text) =>
    mapLines(text, (line) =>
      wrapped(line.startsWith(' ') ? ` ${line}` : line, 66).map((part, i, all) =>
        i + 1 < all.length ? `${part} ` : part,
      ),
    ),
  ),
  whole('quoted-printable', 'nothing', quotedPrintable),
  whole('quoted-printable of a reply', 'nothing', (text) =>
    quotedPrintable(mapLines(text, (line) => `> ${line}`)),
  ),
  whole('backslashes at folds', 'nothing', (text) =>
    mapLines(text, (line) =>
      folded(line, 64).map((part, i, all) => (i + 1 < all.length ? `${part}\\` : part)),
    ),
  ),
]

const CHATTER = 'Writing a byte at a time...done\nWriting intelligently...done\nRewriting...done\n'
const NO_DELETE = '\rDelete files in random order...\rDelete files in random order...done.\n'

const TERMINALS: readonly Mangling[] = [
  whole(
    'a session',
    'nothing',
    (text) => `root@vm:~# bonnie++ -u root\nUsing uid:0, gid:0.\n${CHATTER}${text}root@vm:~# exit\n`,
  ),
  whole(
    'typescript',
    'nothing',
    (text) =>
      `Script started on Sun Nov 22 07:00:00 2026\r\n${`$ bonnnie\b\b\b \b\b++\n${CHATTER}${text}`.replaceAll('\n', '\r\n')}\r\nScript done\r\n`,
  ),
  whole(
    'progress rewritten with CR',
    'nothing',
    (text) => `Create files in random order...${NO_DELETE}${text}`,
  ),
  whole(
    'chatter in front of Version',
    'nothing',
    (text) => `Writing intelligently...done\rDelete files in random order...done.\r${text}`,
  ),
  whole('chatter glued in front', 'nothing', (text) => `Delete files in random order...done.${text}`),
  eachLine('ANSI colours', 'nothing', (line) => `\x1b[32m${line}\x1b[0m`),
  eachLine('ANSI colours of numbers', 'nothing', (line) => line.replace(/\d+/g, '\x1b[1;33m$&\x1b[m')),
  eachLine('ANSI without escape', 'nothing', (line) => `[0;32m${line}[0m`),
  eachLine('caret notation', 'nothing', (line) => `${line}^M`),
  whole(
    'screen with title',
    'nothing',
    (text) => `\x1b]0;root@vm: ~\x07root@vm:~# ./b.sh\n\x1b[?2004l${text}\x1b[?2004h`,
  ),
  whole('bold by backspace', 'nothing', (text) =>
    mapLines(text, (line) => (line.includes('Version') ? line.replace(/[A-Za-z]/g, '$&\b$&') : line)),
  ),
]

const LOSSES: readonly Mangling[] = [
  whole('the tail is cut off', 'more', (text, random) =>
    text.slice(0, Math.floor(text.length * (0.3 + 0.7 * random()))),
  ),
  whole('the head is cut off', 'more', (text, random) =>
    text.slice(Math.floor(text.length * random() * 0.5)),
  ),
  whole('a line is lost', 'more', (text, random) => {
    const lines = text.split('\n')
    lines.splice(Math.floor(random() * (lines.length - 1)), 1)
    return lines.join('\n')
  }),
  eachLine('ends of lines cut off', 'more', (line) => line.slice(0, 75)),
  eachLine('ends of lines cut off at 80', 'more', (line) => (line.includes(',') ? line : line.slice(0, 80))),
  eachLine('heads of lines cut off', 'more', (line) => line.slice(2)),
  eachLine('a column is removed', 'more', (line) => line.slice(0, 30) + line.slice(40)),
  eachLine('Machine and Version removed', 'more', (line) =>
    line.replace(/^(?:Version|Machine) {1,20}\S+/, ''),
  ),
  eachLine('a number swapped for x', 'more', (line, _at, random) =>
    random() < 0.3 ? line.replace(/\d{3,}/, 'xxxx') : line,
  ),
  eachLine('side by side', 'more', (line) => `${line.padEnd(80)} ${line}`),
  whole('text and CSV far apart', 'nothing', (text) =>
    text.replace(/^(?=[\d.]+,[\d.]+a?,)/gm, `${'nothing of importance\n'.repeat(300)}`),
  ),
  whole('two lines glued', 'more', (text, random) => {
    const ends = [...text.slice(0, -1).matchAll(/\n/g)].map(({ index }) => index)
    const at = oneOf([0, ...ends], random)
    return text.slice(0, at) + text.slice(at + 1)
  }),
]

export const MANGLINGS: readonly Mangling[] = [
  ...MARGINS,
  ...BREAKS,
  ...OF_CHARACTERS,
  ...OF_MARKUP,
  ...TERMINALS,
  ...LOSSES,
]
