import type { Plan, Report } from '../model/report.ts'
import type { Facts } from '../model/study.ts'

/*
 * What a new study.md can take over from the old one, as lines of YAML. What the old study says of the host may have
 * changed: it is offered in a comment, for a person to confirm.
 */

/** A word of sh that is exactly this text. */
export function shellText(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`
}

/** A text in double quotes as YAML reads it, in which nothing is invisible and no line ends. */
export function yamlText(text: string): string {
  const shown = text.replace(/\p{Cs}/gu, '\ufffd')
  return JSON.stringify(shown).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16)
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
  })
}

/** The title of the old study, measured again with some option; nothing where it had none of its own. */
export function titleFacts({ title }: Facts, option = ''): string {
  if (title === undefined) return ''
  const first = title.replace(/ \(measured again( with -b)?\)$/, '')
  return yamlText(`${first} (measured again${option === '' ? '' : ` with ${option}`})`)
}

/** The equivalence bands, which a later study must not choose anew. */
export function equivalenceFacts({ equivalence = {} }: Facts): string {
  const bands = Object.entries(equivalence).map(([family, band]) => `${family}: ${yamlText(band)}`)
  return bands.length === 0 ? '' : `equivalence: { ${bands.join(', ')} }`
}

/** A question for each fact of the host, in lines `key   # key: "old value"  # question`. */
export function hostQuestions({ host = {} }: Facts, slug: string): string {
  const { disk = {} } = host
  const ask = question(slug)
  const below = (text: string) => `disk   #   ${text}`
  return [
    `cpu   # ${ask('cpu', host.cpu, "the host's processor?")}`,
    `ram   # ${ask('ram', host.ram, "the host's memory, such as 32 GiB?")}`,
    `hypervisor   # ${ask('hypervisor', host.hypervisor, 'which, and which version?')}`,
    `kernel   # ${ask('kernel', host.kernel, 'of dom0, or of the KVM host?')}`,
    `dom0_ram   # ${ask('dom0_ram', host.dom0_ram, 'its memory, such as 2 GiB?')}`,
    'disk   # disk:',
    below(ask('kind', disk.kind, 'hdd, ssd, nvme or raid?')),
    below(ask('link', disk.link, 'interface or throttle, such as SATA 6 Gb/s?')),
    below(ask('spindles', disk.spindles?.toString(), 'how many disks?')),
    below(ask('cache', disk.cache, 'what caches below the host: a size, none or unknown?')),
  ].join('\n')
}

/** What is known of each backend, and what has to be asked, in lines that begin with its id. */
export function backendFacts({ facts, study }: Report, plan: Plan): string {
  const ask = question(study.slug)
  return plan.backends
    .flatMap(({ id, title }) => {
      const old = facts.backends?.[id] ?? {}
      return [
        ...(old.kind === undefined ? [] : [`kind: ${yamlText(old.kind)}`]),
        `title: ${yamlText(title)}`,
        `# ${ask('attach', old.attach, 'the line that attaches it?')}`,
        `# ${ask('effective', old.effective, 'what serves it in truth, where that line says something else?')}`,
        `# ${ask('allocation', old.allocation, 'sparse, preallocated or thin?')}`,
        `# ${ask('snapshot', old.snapshot?.toString(), 'true while a snapshot was open?')}`,
        ...(old.durable === undefined
          ? []
          : [`# ${ask('durable', String(old.durable), 'does a flush of the guest reach the medium?')}`]),
      ].map((line) => `${id}     ${line}`)
    })
    .join('\n')
}

/** Facts of the old study are answers that somebody has to confirm. */
function question(slug: string): (key: string, old: string | undefined, asks: string) => string {
  return (key, old, asks) =>
    old === undefined ? `${key}:  # ${asks}` : `${key}: ${plain(old)}  # ${asks} So in ${slug}.`
}

/** Numbers, `true` and `false` are read as such only without quotes. */
function plain(value: string): string {
  return /^(true|false|\d+)$/.test(value) ? value : yamlText(value)
}
