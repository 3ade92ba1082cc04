import type { Hypervisor, Knowledge, Option, Target, Tool } from '../model/backend.ts'
import type { Facts } from '../model/study.ts'

/*
 * What authors write down of the way a disk was attached, read as xm and xl read it. The grammar of the line is that of
 * xl-disk-configuration(5), with the prefixes of xend that it calls deprecated.
 */

/** A line of a guest's configuration for Xen. */
export interface AttachLine {
  /** as written, without the list around it */
  readonly text: string
  /** all prefixes as they stand: `tap:aio:`, or nothing */
  readonly prefix: string
  readonly format: string
  /** null where the line does not ask for one */
  readonly backendtype: string | null
  /** what it leads to, by its path; null where it gives none */
  readonly target: Target | null
}

const PREFIXES = /^(?:(?:file|phy|tap2?|tapdisk|aio|ioemu|raw|qcow2?|vhd):)+/
const FORMATS = ['raw', 'qcow', 'qcow2', 'vhd', 'qed'] as const
const KEYED = /^(?:[^-<,][^,]*,)*\s*(?:target|format|vdev|backendtype)\s*=/

/**
 * Reads an attach line, `tap:aio:/srv/vm.img,xvda,w` or `format=raw, vdev=xvda, target=/dev/vg/vm`. Null for anything
 * else, such as a command of losetup, an option of QEMU or words.
 */
export function readAttach(attach: string): AttachLine | null {
  const text = attach
    .trim()
    .replace(/^disk\s*=\s*/, '')
    .replace(/^\[?\s*['"]?|(?:['"]|(?<!\s))\s*\]?$/g, '')
  const prefix = PREFIXES.exec(text)?.[0] ?? ''
  const keyed = KEYED.test(text)
  if (prefix === '' && !keyed && !/^\/[^\s,]+(?:,|$)/.test(text)) return null
  // what a script attaches, nobody knows from the line
  if (keyOf(text, 'script') !== null) return null
  const [first = '', second = ''] = text
    .slice(prefix.length)
    .split(',')
    .map((part) => part.trim())
  const path = keyOf(text, 'target') ?? (first.includes('=') ? '' : first)
  const named = [keyOf(text, 'format'), second, ...prefix.split(':')]
  const backendtype = keyOf(text, 'backendtype')
  return {
    text,
    prefix,
    format: FORMATS.find((format) => named.includes(format)) ?? 'raw',
    // phy is what xl tries first, asked for or not
    backendtype: backendtype === 'phy' ? null : backendtype,
    target: targetOf(path),
  }
}

function keyOf(text: string, key: string): string | null {
  return new RegExp(`(?:^|,)\\s*${key}\\s*=\\s*([^,]*)`).exec(text)?.[1]?.trim() ?? null
}

/**
 * xl looks for a path without a slash in /dev. What a path elsewhere leads to is not looked up: it is taken for a file.
 * blktap2 names its devices /dev/xen/blktap-2/tapdevN (xen.git tools/blktap2/README).
 */
function targetOf(path: string): Target | null {
  if (path === '' || /\s/.test(path)) return null
  if (path.startsWith('/') && !path.startsWith('/dev/')) return 'file'
  if (/^(?:\/dev\/)?loop\/?\d/.test(path)) return 'loop device'
  return path.includes('/blktap-2/') ? 'tap device' : 'device'
}

/** What serves the guests of a study, as its front matter says; null where it does not say. */
export function hypervisorOf({ host }: Facts): Exclude<Hypervisor, 'any'> | null {
  const text = host?.hypervisor ?? ''
  return /\bxen|\bxcp/i.test(text) ? 'xen' : /\bkvm\b|\bqemu\b/i.test(text) ? 'kvm' : null
}

/** XAPI attaches disks by rules of its own: whose version of Xen is known says nothing there. */
const OTHER_TOOLSTACK = /xcp-?ng|xenserver|citrix|xapi/i

/** What is declared of the tool that read the attach lines. */
export interface Toolstack {
  /** such as `4.8`; null where it is not recorded */
  readonly version: string | null
  readonly tools: readonly Tool[]
}

/**
 * xl came with Xen 4.1 and xend left with 4.5 (wiki.xenproject.org: Migration Guide To Xen4.1+, Xen Project 4.5 Release
 * Notes). Since July 2011 xl itself chooses the backend (xen-devel, 2011-07/msg00214); what was measured before that
 * was attached as its prefix says.
 */
export function toolstackOf({ host, date }: Facts): Toolstack | null {
  const text = host?.hypervisor ?? ''
  if (OTHER_TOOLSTACK.test(text) || hypervisorOf({ host: { hypervisor: text } }) === 'kvm') return null
  const version = /\bxen\b[^\d,;]{0,20}(\d+\.\d+)/i.exec(text)?.[1] ?? null
  if (/\b(?:xm|xend)\b/.test(text)) return { version, tools: ['xm'] }
  if (/\bxl\b/.test(text)) return { version, tools: ['xl'] }
  if (version !== null && isBelow(version, '4.1')) return { version, tools: ['xm'] }
  if (version !== null && !isBelow(version, '4.5')) return { version, tools: ['xl'] }
  const early = date !== undefined && `${date}-12-31`.slice(0, 7) < '2011-07'
  return { version, tools: early ? ['xm'] : ['xm', 'xl'] }
}

/** Whether a version of Xen, `4.10`, is lower than another. */
export function isBelow(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major !== otherMajor ? major < otherMajor : minor < otherMinor
}

/** The options of a backend's page that stand in an attach line, as whole words. */
export function optionsIn(attach: string | undefined, { options }: Knowledge): readonly Option[] {
  const plain = (attach ?? '').replace(/['"]/g, '')
  return options.filter(({ word }) => {
    const at = plain.indexOf(word)
    return at >= 0 && !/[\w=-]/.test(plain.charAt(at - 1)) && !/[\w=-]/.test(plain.charAt(at + word.length))
  })
}
