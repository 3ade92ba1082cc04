/** SHELF: what a hostile author may write as study.md. */
import { PAYLOADS } from './payloads.ts'

const facts = (yaml: string, prose = '') => `---\n${yaml}\n---\n${prose}`
const rows = (n: number, row: (i: number) => string) => Array.from({ length: n }, (_, i) => row(i)).join('\n')
const quoted = (words: string) => JSON.stringify(words)

const LAUGHS = ['a: &a ["lol", "lol", "lol", "lol"]']
for (const [i, key] of [...'bcdefghijklm'].entries())
  LAUGHS.push(`${key}: &${key} [${`*${'abcdefghijkl'[i]}, `.repeat(9)}]`)

const HUGE = [
  '1e400',
  '-1e400',
  '9'.repeat(400),
  '0x7fffffffffffffff',
  '.inf',
  '-.inf',
  '.nan',
  '-0',
  '1e-400',
]

const PATTERNS = [
  `${'*a'.repeat(40)}b`,
  `${'**/'.repeat(60)}b`,
  `${'{a,aa}'.repeat(60)}b`,
  `${'(a+)'.repeat(30)}+b`,
  `${'+('.repeat(30)}a${')'.repeat(30)}b`,
  `${'['.repeat(500)}`,
  '{1..1000000000}',
]

/** Files whose paths such patterns take long to tell from themselves. */
export const PATTERN_PATHS = ['a'.repeat(250), `${'a/'.repeat(60)}c`]

export const STUDY_TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  'no front matter': 'Only prose.',
  'billion laughs': facts(LAUGHS.join('\n')),
  'laughs in lists': facts(`caveats: &a [x]\nauthors: [*a, *a]\nalias: { <<: *a }`),
  'alias of itself': facts('host: &h { cpu: *h }\ntitle: *h'),
  'anchors alone': facts(rows(20_000, (i) => `k${i}: &a${i} x`)),
  'aliases alone': facts(`caveats: [&a x, ${'*a, '.repeat(20_000)}]`),
  'lists 100,000 deep': facts(`title: ${'['.repeat(1e5)}`),
  'lists that are closed': facts(`title: ${'['.repeat(3000)}${']'.repeat(3000)}`),
  'lists of a depth that is read': facts(`title: ${'['.repeat(800)}${']'.repeat(800)}`),
  'groups 100,000 deep': facts(`host: ${'{a: '.repeat(1e5)}`),
  'lines 2,000 deep': facts(rows(2000, (i) => `${' '.repeat(i)}a:`)),
  'hyphens 50,000 deep': facts(`caveats:\n  ${'- '.repeat(50_000)}x`),
  'questions 20,000 deep': facts(`${'? '.repeat(20_000)}x`),
  'keys of the prototype': facts(
    '__proto__: { title: x }\nconstructor: { prototype: { title: x } }\nhost: { __proto__: { cpu: x } }\nalias: { __proto__: y, constructor: z, toString: w }\nbackends: { constructor: {}, __proto__: { files: "**" }, tostring: {} }',
  ),
  'prototype as values': facts(
    'baseline: __proto__\norder: constructor\nstatus: toString\nbackends: { lvm: { kind: constructor, aliases: [__proto__, constructor, hasOwnProperty] } }',
    '[](value:constructor.__proto__) [](value:__proto__.put_block) [x](<claim:lvm.constructor ≥ 1>)',
  ),
  tags: facts(
    'title: !!js/function "function () { alert(1) }"\ncaveats: [!!python/object/apply:os.system [ls], !!binary aGk=, !<tag:x> y]\nhost: !!set { a, b }\nguest: !!omap [a: 1]',
  ),
  directives: '---\n%YAML 9.9\n%TAG ! tag:evil.example,2020:\ntitle: !x y\n---\n',
  'huge numbers': rows(HUGE.length, (i) => `k${i}: ${HUGE[i]}`)
    .replace(/^/, '---\n')
    .concat('\n---\n'),
  'huge numbers where numbers belong': facts(
    `guest: { vcpus: ${'9'.repeat(400)}, ram: ${'9'.repeat(400)} GiB }\nhost: { disk: { spindles: 1e400, cache: 1e400 MiB }, ram: 1e308 TiB }\nequivalence: { bulk: ${'9'.repeat(50)} %, seeks: 1e400 % }\ndate: 99999999999999999999`,
  ),
  'keys twice': facts(rows(5000, () => 'title: x')),
  'keys that nobody knows': facts(rows(20_000, (i) => `key${i}: x`)),
  'keys of 1 MB': facts(`${'k'.repeat(1e6)}: x\n? ${quoted('y'.repeat(1e6))}\n: z`),
  'a title of 1 MB': facts(`title: ${'x'.repeat(1e6)}`),
  'thousands of backends': facts(
    `backends:\n${rows(3000, (i) => `  b${i}: { files: "b${i}/*", aliases: [x${i}, y${i}] }`)}`,
  ),
  'one alias for all': facts(
    `backends:\n${rows(3000, (i) => `  b${i}: { kind: k${i}, aliases: [same, lvm, __proto__] }`)}`,
  ),
  'patterns without end': facts(
    `backends:\n${PATTERNS.map((pattern, i) => `  b${i}: { files: ${quoted(pattern)} }`).join('\n')}`,
  ),
  'thousands that are accepted': facts(
    `accepted:\n${rows(5000, (i) => `  - { file: x${i}.txt, rule: no-result, because: y }`)}`,
  ),
  'thousands of other names': facts(`alias:\n${rows(10_000, (i) => `  host${i}: x${i}`)}`),
  'names of 100,000 characters': facts(`alias: { ${'x'.repeat(1e5)}: y, vm: ${'z'.repeat(1e5)} }`),
  'payloads everywhere': facts(
    `caveats:\n${Object.values(PAYLOADS)
      .map((payload) => `  - ${quoted(payload.slice(0, 3000))}`)
      .join('\n')}`,
  ),
  'never closed': `---\n${rows(20_000, (i) => `caveats${i}: [`)}`,
  'quotes that are never closed': facts(`title: "${'\\n\n'.repeat(1e5)}`),
  'blocks and folds': facts(`title: >-9\n x\nlicence: |+\n${'\n'.repeat(1e5)}`),
  'lines of front matter': '---\n'.repeat(1e5),
  'NULs and controls': facts('title: "a\\0b"\ncaveats: ["\\x1b[2J"]', '\x1b]0;x\x07'),
  'parentheses in a claim': facts(
    'title: x',
    `[x](<claim:${'('.repeat(1e4)}lvm.put_block${')'.repeat(1e4)} ≥ 1>)`,
  ),
  'a claim without end': facts(
    'title: x',
    `[x](<claim:lvm.put_block${' + lvm.put_block'.repeat(20_000)} ≥ 1>)`,
  ),
  'thousands of claims': facts(
    'title: x',
    rows(5000, () => '[five times](<claim:lvm.put_block ≥ 5>)'),
  ),
  'thousands of claims in a line': facts('title: x', '[five times](<claim:lvm.put_block ≥ 5>) '.repeat(5000)),
  'thousands of numbers': facts(
    'title: x',
    rows(20_000, (i) => `It took ${i} MB/s and ${i}.5 seconds.`),
  ),
  'a million digits': facts('title: x', `${'9'.repeat(1e6)} MB/s, ${'1,000'.repeat(1e5)} MB/s`),
  'numbers in a line': facts('title: x', 'about 5 MB/s to 6 MB/s '.repeat(20_000)),
  'brackets without end': facts('title: x', '['.repeat(50_000)),
  'brackets that close': facts('title: x', `${'['.repeat(5000)}${'](x)'.repeat(5000)}`),
  'pictures without end': facts('title: x', '![x]('.repeat(20_000)),
  'stars without end': facts('title: x', `${'*a_'.repeat(20_000)}`),
  'ticks of every length': facts('title: x', rows(600, (i) => `${'`'.repeat(i)}x`).replaceAll('\n', ' ')),
  'quotations 5,000 deep': facts('title: x', `${'> '.repeat(5000)}x`),
  'items 3,000 deep': facts(
    'title: x',
    rows(3000, (i) => `${' '.repeat(i * 2)}- x`),
  ),
  'items in a line': facts('title: x', `${'- '.repeat(20_000)}x`),
  'a table of 5,000 columns': facts(
    'title: x',
    `${'|a'.repeat(5000)}|\n${'|-'.repeat(5000)}|\n${rows(50, () => `${'|1 MB/s'.repeat(5000)}|`)}`,
  ),
  'tags without end': facts('title: x', `${'<a '.repeat(50_000)}${'<!--'.repeat(20_000)}`),
  'entities without end': facts('title: x', `${'&amp'.repeat(50_000)}${'&#x'.repeat(50_000)}`),
  'references without end': facts(
    'title: x',
    rows(10_000, (i) => `[r${i}]: <x${i}> "[r${i}]"`),
  ),
  'addresses without end': facts('title: x', `${'http://'.repeat(20_000)} ${'a@'.repeat(20_000)}`),
  'lines of headings': facts(
    'title: x',
    rows(20_000, () => '# x\n===\n---'),
  ),
}
