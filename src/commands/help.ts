import { COMMON, type Command, OPTIONS, type OptionName, optionShape } from './command.ts'

/** The help of the program: it fits 24 lines of 80 columns. */
export function generalHelp(commands: readonly Command[]): string {
  const names = commands.map(({ name, operands, summary }) => row(`${name} ${operands}`, summary))
  return [
    'bonnie-report compares storage backends from saved bonnie++ outputs.',
    'Usage: bonnie-report COMMAND [OPTIONS]',
    '',
    ...names,
    '',
    ...filled(
      'Options: ',
      OPTIONS.map(({ name }) => spelling(name)),
    ),
    '         (help COMMAND tells which it takes, and what they mean)',
    '',
    'Examples: bonnie-report build             results/ becomes site/index.html',
    '          bonnie-report show loop-1.txt   one saved output as a table',
    'Exit: 0 fine, 1 a problem was found, 2 wrong usage or nothing to read',
  ].join('\n')
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const taken = OPTIONS.filter(({ name }) => command.options.includes(name) || COMMON.includes(name))
  return [
    `Usage: bonnie-report ${command.name} ${command.operands} [OPTIONS]`,
    '',
    ...command.about,
    '',
    ...taken.map(({ name }) => optionRow(name)),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
    'Exit status: 0 fine, 1 a problem was found, 2 wrong usage or nothing to read,',
    '  70 a bug of ours, 130 interrupted.',
  ].join('\n')
}

/** Words in lines of at most 80 columns, under each other behind a label. */
function filled(label: string, words: readonly string[]): string[] {
  const lines = [label]
  for (const word of words) {
    const last = lines.length - 1
    const line = lines[last] ?? ''
    if (line.length + word.length <= 80) lines[last] = `${line}${word}  `
    else lines.push(`${' '.repeat(label.length)}${word}  `)
  }
  return lines.map((line) => line.trimEnd())
}

/** The shortest way to write an option. */
function spelling(option: OptionName): string {
  const { name, short, value } = optionShape(option)
  return `${short ? `-${short}` : `--${name}`}${value ? ` ${value}` : ''}`
}

function optionRow(option: OptionName): string {
  const { name, short, value, says } = optionShape(option)
  return row(`${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`, says, 19)
}

function row(left: string, right: string, width = 28): string {
  return `  ${left.padEnd(width)} ${right}`
}
