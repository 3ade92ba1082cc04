/** SHELF: what pages, forums, documents and programs make of saved outputs. */
import { eachLine, escaped, type Mangling, mapLines, whole } from './mangle.ts'

const PAGES: readonly Mangling[] = [
  eachLine('entities', 'nothing', (line) => escaped(line)),
  whole('<pre>', 'nothing', (text) => `<html><body><pre>\n${escaped(text)}</pre></body></html>`),
  whole(
    '<pre> with attributes, on the line of the text',
    'nothing',
    (text) => `<pre class="code" style="x > y">${escaped(text)}</pre>`,
  ),
  whole(
    '<td><pre><code>',
    'nothing',
    (text) => `<table><tr><td class="a"><pre><code>${escaped(text)}</code></pre></td></tr></table>`,
  ),
  whole('<br> at ends', 'blanks', (text) => mapLines(text, (line) => `${escaped(line)}<br>`)),
  whole(
    '<br/> and no line ends',
    'nothing',
    (text) => `<p>${escaped(text).replaceAll(' ', '&nbsp;').replaceAll('\n', '<br/>')}</p>`,
  ),
  whole('<br /> and no-break spaces', 'nothing', (text) =>
    mapLines(text, (line) => `${escaped(line).replaceAll('  ', '&nbsp; ')}<br />`),
  ),
  whole('decimal entities', 'nothing', (text) =>
    mapLines(text, (line) => line.replace(/[ +]/g, (char) => `&#${char.charCodeAt(0)};`)),
  ),
  whole('hexadecimal entities', 'nothing', (text) =>
    mapLines(text, (line) => line.replace(/[-+ ]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`)),
  ),
  whole('<p> around lines', 'blanks', (text) => mapLines(text, (line) => `<p>${escaped(line).trim()}</p>`)),
  whole('<div> around lines', 'nothing', (text) =>
    mapLines(text, (line) => `<div class="line" id="L1">${escaped(line)}</div>`),
  ),
  whole(
    '<li> around lines',
    'nothing',
    (text) => `<ol>\n${mapLines(text, (line) => `<li><div class="de1">${escaped(line)}</div></li>`)}</ol>`,
  ),
  whole('highlighted', 'nothing', (text) =>
    mapLines(text, (line) =>
      escaped(line)
        .replace(/\d+/g, '<span class="nu0">$&</span>')
        .replace(/\++/g, '<span style="color: #339933;">$&</span>'),
    ),
  ),
  whole(
    'rows of a table with numbers',
    'nothing',
    (text) =>
      `<table>${mapLines(text, (line, at) => `<tr><td id="L${at + 1}" class="num">${at + 1}</td><td class="blob-code">${escaped(line)}</td></tr>`)}</table>`,
  ),
  whole(
    'rows of a table',
    'blanks',
    (text) =>
      `<table>${mapLines(text, (line) => (line.trim() === '' ? '' : `<tr><td>${escaped(line).trim().split(/\s+/).join('</td><td>')}</td></tr>`))}</table>`,
  ),
]

const MARKUP: readonly Mangling[] = [
  whole('fenced', 'nothing', (text) => `Results:\n\n\`\`\`text\n${text}\`\`\`\n`),
  whole('fenced in a quote', 'nothing', (text) => mapLines(`\`\`\`\n${text}\`\`\`\n`, (line) => `> ${line}`)),
  whole(
    'fenced in a list',
    'nothing',
    (text) => `* run:\n${mapLines(`~~~\n${text}~~~\n`, (line) => `  ${line}`)}`,
  ),
  eachLine('bars around', 'nothing', (line) => `| ${line} |`),
  eachLine('cells of Markdown', 'blanks', (line) =>
    line.trim() === '' ? '' : `| ${line.trim().split(/\s+/).join(' | ')} |`,
  ),
  eachLine('code marks around', 'nothing', (line) => (line === '' ? '' : `\`${line}\``)),
  eachLine('escaped for Markdown', 'nothing', (line) => line.replace(/[-+*_#]/g, '\\$&')),
  eachLine('bold', 'nothing', (line) => (line.trim() === '' ? line : `**${line}**`)),
  whole('[code]', 'nothing', (text) => `[code]${text}[/code]`),
  whole('[QUOTE][HTML]', 'nothing', (text) => `[QUOTE=carol;123][HTML]\n${text}[/HTML][/QUOTE]`),
  whole('{{{', 'nothing', (text) => `{{{\n${text}}}}\n`),
  whole('{code}', 'nothing', (text) => `{code:title=bonnie|borderStyle=solid}\n${text}{code}\n`),
  whole('<nowiki>', 'nothing', (text) => mapLines(text, (line) => ` <nowiki>${line}</nowiki>`)),
  whole(
    'rows of MediaWiki',
    'nothing',
    (text) => `{| class="wikitable"\n${mapLines(text, (line) => ['|-', `| ${line}`])}|}\n`,
  ),
  whole(
    'literal block of reST',
    'nothing',
    (text) => `Results::\n\n${mapLines(text, (line) => `   ${line}`)}\n`,
  ),
  whole(
    'org-mode',
    'nothing',
    (text) => `#+BEGIN_EXAMPLE\n${mapLines(text, (line) => `  ${line}`)}#+END_EXAMPLE\n`,
  ),
  whole('LaTeX', 'nothing', (text) => `\\begin{verbatim}\n${text}\\end{verbatim}\n`),
  whole('roff', 'nothing', (text) => `.nf\n${mapLines(text, (line) => line.replaceAll('-', '\\-'))}.fi\n`),
  whole('RTF', 'nothing', (text) => `{\\rtf1\\ansi\\f0\n${mapLines(text, (line) => `${line}\\par`)}}\n`),
  whole(
    'diff',
    'nothing',
    (text) => `--- a\n+++ b\n@@ -0,0 +1,9 @@\n${mapLines(text, (line) => `+${line}`)}`,
  ),
]

const CODE: readonly Mangling[] = [
  whole('a string of JSON', 'nothing', (text) => `{"output": ${JSON.stringify(text)}, "rc": 0}\n`),
  whole(
    'a string of JSON, all escaped',
    'nothing',
    (text) =>
      `{"output": ${JSON.stringify(text).replace(/[+<>%]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)}}`,
  ),
  whole(
    'lines of JSON',
    'nothing',
    (text) =>
      `{"stdout_lines": [\n${text
        .trimEnd()
        .split('\n')
        .map((line) => `    ${JSON.stringify(line)}`)
        .join(',\n')}\n]}\n`,
  ),
  whole('docker json-file', 'nothing', (text) =>
    mapLines(text, (line) =>
      JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-11-22T07:00:00.1Z' }),
    ),
  ),
  whole('a string in a string of JSON', 'nothing', (text) =>
    JSON.stringify({ MESSAGE: JSON.stringify({ out: text }) }),
  ),
  whole('YAML', 'nothing', (text) => `stdout: |\n${mapLines(text, (line) => `  ${line}`)}rc: 0\n`),
  whole(
    'a list of YAML',
    'nothing',
    (text) => `stdout_lines:\n${mapLines(text, (line) => `  - ${JSON.stringify(line)}`)}`,
  ),
  whole('a quoted field of CSV', 'nothing', (text) => `run,output\n1,"${text.replaceAll('"', '""')}"\n`),
  whole('heredoc', 'nothing', (text) => `cat <<'EOF' > out.txt\n${text}EOF\n`),
  eachLine('echo', 'nothing', (line) => `echo "${line}"`),
  eachLine('printf', 'nothing', (line) => `printf '${line.replaceAll('%', '%%')}\\n'`),
  eachLine('print of Python', 'nothing', (line) => `    "${line}\\n"`),
  whole('repr of Python', 'nothing', (text) => `b'${text.replaceAll('\n', '\\n')}'\n`),
  whole('XML', 'nothing', (text) => `<system-out><![CDATA[${text}]]></system-out>\n`),
  whole('SQL', 'nothing', (text) => `INSERT INTO runs VALUES (1,'${text.replaceAll('\n', '\\n')}');\n`),
  whole('percent-encoded', 'nothing', (text) => `text=${encodeURIComponent(text)}\n`),
]

export const OF_MARKUP: readonly Mangling[] = [...PAGES, ...MARKUP, ...CODE]
