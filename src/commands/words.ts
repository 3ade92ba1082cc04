import { parseArgs } from 'node:util'
import { nearest } from '../analysis/nearest.ts'
import {
  COMMON,
  type Command,
  type Format,
  OPTIONS,
  type OptionName,
  type Options,
  optionShape,
  UsageError,
} from './command.ts'

/** A command line taken apart. */
export interface Words {
  /** the first word that is no option */
  readonly command: string | null
  readonly operands: readonly string[]
  readonly given: ReadonlyMap<OptionName, string>
}

/** Takes a command line apart; what nobody knows is a UsageError with the nearest known word. */
export function readWords(args: readonly string[]): Words {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(OPTIONS.map(({ name }) => [name, declaration(name)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const given = new Map<OptionName, string>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind === 'option') given.set(...readOption(token.name, token.rawName, token))
  }
  const [command = null, ...operands] = words
  return { command, operands, given }
}

/** Refuses options and operands that the command does not take. */
export function checkWords(command: Command, { operands, given }: Words): void {
  for (const name of given.keys()) {
    if (!COMMON.includes(name) && !command.options.includes(name)) {
      throw new UsageError(`${command.name} takes no --${name}.`)
    }
  }
  if (operands.length <= command.mostOperands) return
  const most = command.mostOperands === 1 ? 'one operand' : `${command.mostOperands} operands`
  throw new UsageError(`${command.name} takes at most ${most}, got ${operands.length}.`)
}

/** The end of a sentence about a word that nobody knows. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near ? ` Did you mean "${near}"?` : ''
}

/** A path as a shell reads it back. */
export function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The options as a command takes them. */
export function optionsOf(given: Words['given']): Options {
  return {
    out: given.get('out') ?? 'site',
    siteUrl: siteUrlOf(given),
    records: given.get('records'),
    study: given.get('study'),
    backend: given.get('backend'),
    strict: given.has('strict'),
    format: formatOf(given),
    quiet: given.has('quiet'),
    verbose: given.has('verbose'),
  }
}

function formatOf(given: Words['given']): Format {
  const word = given.get('format') ?? 'text'
  if (word === 'text' || word === 'json' || word === 'github') return word
  throw new UsageError(`Expected text, json or github after --format, got "${word}".`)
}

function siteUrlOf(given: Words['given']): string | undefined {
  const url = given.get('site-url')
  if (url === undefined || (/^https?:\/\/[^?#]+$/i.test(url) && URL.canParse(url))) return url
  throw new UsageError(
    `Expected an address such as https://example.org/bench/ after --site-url, got "${url}".`,
  )
}

function declaration(name: OptionName): { type: 'string' | 'boolean'; short?: string } {
  const { short, value } = optionShape(name)
  return { type: value ? 'string' : 'boolean', ...(short && { short }) }
}

function readOption(
  name: string,
  raw: string,
  { value, inlineValue }: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
): [OptionName, string] {
  const known = OPTIONS.find((option) => option.name === name)?.name
  if (!known) {
    const near = nearest(
      name,
      OPTIONS.map((option) => option.name),
    )
    throw new UsageError(`There is no option ${raw}.${near ? ` Did you mean --${near}?` : ''}`)
  }
  if (!optionShape(known).value) {
    if (value !== undefined) throw new UsageError(`${raw} takes no value.`)
    return [known, '']
  }
  const missing = value === undefined || value === '' || (!inlineValue && /^-./.test(value))
  if (missing) throw new UsageError(`${raw} needs a value: ${raw} ${optionShape(known).value}.`)
  return [known, value]
}
