/*
 * What in a text tells outsiders whom or what it is about: names of hosts with their domain, IP addresses, mail
 * addresses. A warning that is wrong twice is not read a third time, so what is public by its nature, or reserved for
 * examples, is silent, and what may be a version or a file is taken for one. Time is linear in the text.
 */

export interface Identifier {
  readonly kind: 'host' | 'address' | 'mail address'
  readonly name: string
  /** offset in the text */
  readonly at: number
}

/** An address of the web, or what a name, an address or a number may be made of. */
const WORD = /\b(?:https?|ftp|git|svn|rsync):\/\/[^\s"'<>()[\]{}]+|[a-z0-9.:@_+%-]+/gi

/** A rate or a version, as most words of an output are. */
const NUMBER = /^\d+\.\d+[a-z]?$/i

/** No name of a host is longer (RFC 1035, 2.3.4), and no mail address (RFC 5321, 4.5.3.1.3). */
const LONGEST = 256

/** Every identifier in a text, in order; each as often as it stands there. Scripts and styles of a saved page are not text. */
export function* identifiersIn(text: string): Generator<Identifier> {
  for (const [from, to] of stretches(text)) {
    for (const { 0: word, index } of text.slice(from, to).matchAll(WORD)) {
      if (!/[.:@]/.test(word) || NUMBER.test(word)) continue
      if (word.length > LONGEST && !word.includes('://')) continue
      const at = from + index
      yield* inWord(word, {
        at,
        before: text.slice(Math.max(0, at - 12), at),
        after: text.charAt(at + word.length),
      })
    }
  }
}

/** What surrounds a word. */
interface Setting {
  readonly at: number
  readonly before: string
  readonly after: string
}

function* inWord(word: string, setting: Setting): Generator<Identifier> {
  const { at, before, after } = setting
  const scheme = word.indexOf('://')
  if (scheme !== -1) return yield* inWebAddress(word, at, scheme + 3)
  // an address without its scheme, as pages write them
  if (before.endsWith('//')) return
  const split = word.lastIndexOf('@')
  if (split > 0) return yield* aroundAt(word, split, setting)
  const [name, offset] = trimmed(word)
  if (isNetworkAddress(name)) return yield { kind: 'address', name, at: at + offset }
  // code, or an address of the web without its scheme
  const isNoHost = !word.endsWith(':') && (after === '(' || after === '/')
  let start = at + offset
  for (const [i, part] of name.split(':').entries()) {
    const isFirst = i === 0
    const isAddress = isFirst && isIpv4(part) && !mayBeVersion(part, before, name !== part)
    if (isAddress) yield { kind: 'address', name: part, at: start }
    else if (!isNoHost && (isHost(part, 3) || isOfficeHost(part)))
      yield { kind: 'host', name: part, at: start }
    start += part.length + 1
  }
}

/** Public by its nature, unless its host is an address or has a name that only a network of one's own knows. */
function* inWebAddress(word: string, at: number, from: number): Generator<Identifier> {
  const authority = /^[^/?#]*/.exec(word.slice(from, from + LONGEST))?.[0] ?? ''
  const login = authority.lastIndexOf('@') + 1
  const name = authority.slice(login).replace(/:\d*$/, '')
  if (isIpv4(name)) yield { kind: 'address', name, at: at + from + login }
  else if (isOwnNetwork(name)) yield { kind: 'host', name, at: at + from + login }
}

/** `somebody@example.net`, or the prompt of a shell or the target of a copy: `root@db17.example.net:~#`. */
function* aroundAt(word: string, split: number, { at, after }: Setting): Generator<Identifier> {
  const who = word.slice(word.lastIndexOf(':', split) + 1, split)
  const [domain = ''] = /^[^:]*/.exec(word.slice(split + 1)) ?? []
  const [name, offset] = trimmed(domain)
  const place = at + split + 1 + offset
  if (isIpv4(name)) return yield { kind: 'address', name, at: place }
  if (!isHost(name, 2) || /^(?:git|no-?reply)$/i.test(who)) return
  const isLogin = who === 'root' || (word.length > split + 1 + domain.length && /[~/#$]/.test(after))
  if (isLogin) yield { kind: 'host', name, at: place }
  else yield { kind: 'mail address', name: `${who}@${name}`, at: at + split - who.length }
}

/** A word without the marks around it, and how many stood before. */
function trimmed(word: string): [string, number] {
  const [start = ''] = /^[.:@_+%-]*/.exec(word) ?? []
  let end = word.length
  while (end > start.length && /[.:@_+%-]/.test(word.charAt(end - 1))) end -= 1
  return [word.slice(start.length, end), start.length]
}

// ─── hosts ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Common endings of public names beside those of countries; not those that are words of programs too. */
const GENERIC = 'com org net edu gov mil int biz info cloud online hosting systems network solutions'
/** Endings for a network of one's own: names that mean something only there. */
const OWN = 'local lan internal intern corp home private'
/** Endings of files that would be those of countries: https://www.iana.org/domains/root/db. */
const SUFFIXES = 'sh md py so xz lz bz pc fd ps pl rs cc am in gz js ts go hs ml vb rc ko la id is it my st'
/** What stands before the domain in names of public services. */
const PUBLIC =
  'www www2 wiki lists list bugs docs doc ftp archive archives packages blog blogs forum forums git svn en mirror mirrors download downloads news people manpages'

const words = (text: string) => new Set(text.split(' '))
const [GENERIC_ENDINGS, OWN_ENDINGS, FILE_ENDINGS, PUBLIC_LABELS] = [
  words(GENERIC),
  words(OWN),
  words(SUFFIXES),
  words(PUBLIC),
]

/** Whether a name is that of a host: so many labels at least, a known ending, and neither public nor an example. */
export function isHost(name: string, labels: number): boolean {
  const parts = name.toLowerCase().split('.')
  const [first = '', ending = '', domain = ''] = [parts[0], parts.at(-1), parts.at(-2)]
  if (parts.length < labels || domain.length < 2 || !parts.every(isLabel) || /[a-z][A-Z]/.test(name))
    return false
  if (!parts.slice(0, -1).some((part) => /[a-z]/.test(part))) return false
  if (isReserved(parts) || (parts.length > 2 && PUBLIC_LABELS.has(first))) return false
  const isCountry = /^[a-z]{2}$/.test(ending) && !FILE_ENDINGS.has(ending)
  return isCountry || GENERIC_ENDINGS.has(ending) || OWN_ENDINGS.has(ending)
}

/** `nas.lan`: two labels are enough where no file ends so. */
function isOfficeHost(name: string): boolean {
  return /\.(?:lan|corp|intern)$/i.test(name) && isHost(name, 2)
}

function isOwnNetwork(name: string): boolean {
  return OWN_ENDINGS.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) && isHost(name, 2)
}

function isLabel(part: string): boolean {
  return part.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(part)
}

/** For examples and for the machine itself (RFC 2606, RFC 6761), and of the author of bonnie++, who stands in its pages. */
function isReserved(parts: readonly string[]): boolean {
  const [ending = '', domain = ''] = [parts.at(-1), parts.at(-2)]
  if (['example', 'test', 'invalid', 'localhost', 'localdomain', 'arpa'].includes(ending)) return true
  return (domain === 'example' && parts.length > 1) || parts.join('.').endsWith('coker.com.au')
}

// ─── addresses ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Four numbers that lead somewhere: not the machine itself, a mask, a group, or an example (RFC 5737, RFC 6890). */
function isIpv4(name: string): boolean {
  if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(name)) return false
  const octets = name.split('.').map(Number)
  if (octets.some((octet) => octet > 255)) return false
  const [first = 0] = octets
  return (
    first !== 0 && first !== 127 && first < 224 && !/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(name)
  )
}

/** Versions have four numbers too, small ones: `2.6.18.8`, `version 11.2.0.4`, `Agent/12.16.0.1`. */
function mayBeVersion(name: string, before: string, hasPort: boolean): boolean {
  if (hasPort) return false
  return /^\d\./.test(name) || /(?:version|release|kernel|linux|xen|[a-z]\/)\s*$/i.test(before)
}

/** An IPv6 address that leads somewhere: global, local to a site or a link, but no example (RFC 4291, RFC 3849). */
function isNetworkAddress(name: string): boolean {
  if (!/^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/i.test(name)) return false
  if (/^2001:0?db8:/i.test(name)) return false
  const [address = ''] = name.split('%', 1)
  const halves = address.split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8
}

// ─── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is no script and no style sheet: in those dots join words that name nothing. */
function* stretches(text: string): Generator<[number, number]> {
  let from = 0
  for (const opening = /<(script|style)\b/gi; ; ) {
    opening.lastIndex = from
    const found = opening.exec(text)
    if (!found) return yield [from, text.length]
    yield [from, found.index]
    const closing = found[1]?.toLowerCase() === 'script' ? /<\/script\b/gi : /<\/style\b/gi
    closing.lastIndex = found.index
    const end = closing.exec(text)
    if (!end) return
    from = end.index
  }
}
