/** A storage backend as one study knows it. `kind` is the id of its knowledge page, or null where there is none. */
export interface Backend {
  readonly id: string
  readonly title: string
  readonly kind: string | null
}

export type Tristate = 'yes' | 'no' | 'unknown'

/** What hands a guest its disk: `any` is none of them, such as a file system measured on its own machine. */
export type Hypervisor = 'xen' | 'kvm' | 'any'

/** What is documented about a backend: the front matter of templates/backends/<id>.md. */
export interface Knowledge {
  readonly id: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly hypervisor: Hypervisor
  /** the page of which this is a generation or a form: who says only that name leaves this open */
  readonly variantOf?: string
  /** the page that holds where the same storage is served to a guest of KVM */
  readonly underKvm?: string
  /** measured to be compared with, never to be chosen */
  readonly control?: boolean
  /** one sentence: what it is */
  readonly summary: string
  /** the path of a request, from the guest to the medium */
  readonly path: string
  /** what holds the guest's blocks: an image file, or a block device of the host */
  readonly store: Store
  /** whether the layer that serves the disk keeps data in its own memory (dom0's page cache) */
  readonly caches: Tristate
  /** whether a guest's flush reaches the medium */
  readonly flush: Tristate
  /** where a first write to a block goes: to its place, to a place found only then, or to a copy made before */
  readonly firstWrite: 'in place' | 'allocates' | 'copies' | 'unknown'
  /** what it offers beside speed, such as `snapshots` or `online resize` */
  readonly features: readonly (Sourced & { readonly name: string })[]
  /** words of an attach line that settle a property otherwise */
  readonly options: readonly Option[]
  /** attach lines by which this backend is asked for, as examples */
  readonly attach: readonly string[]
  /** which attach lines are served by this backend */
  readonly toolstack: readonly Selection[]
  /** documented statements, each one sentence */
  readonly documented: readonly (Statement & { readonly about: Topic })[]
  /** what sources contradict each other on */
  readonly disputed: readonly {
    readonly about: Topic
    readonly sides: readonly Statement[]
  }[]
  readonly sources: Readonly<Record<string, Reference>>
}

export type Store = 'file' | 'device'

export const TOPICS = ['cache', 'flush', 'cpu', 'limits', 'features', 'speed', 'toolstack'] as const
export type Topic = (typeof TOPICS)[number]

/** Something with the ids of its sources on the same page. */
export interface Sourced {
  readonly sources: readonly string[]
}

export interface Statement extends Sourced {
  readonly says: string
}

/** A word of an attach line, such as `cache=none`, and what holds where it stands. */
export interface Option extends Sourced {
  readonly word: string
  readonly caches?: Tristate
  readonly flush?: Tristate
}

/** Attach lines that a tool gives to a backend, for a stretch of versions of Xen. */
export interface Selection extends Sourced {
  readonly tool: Tool
  /** versions of Xen: `from` inclusive, `below` exclusive */
  readonly from?: string
  readonly below?: string
  /** how the line begins, where the tool heeds that */
  readonly prefix?: string
  /** what the line leads to; anything where that does not matter */
  readonly target?: Target
  /** raw unless said otherwise */
  readonly format?: string
  readonly backendtype?: string
  /** what must hold besides */
  readonly where?: string
}

/** What an attach line leads to, as its path tells: some block devices are those of another backend. */
export type Target = Store | 'loop device' | 'tap device'

/** What reads a guest's configuration: xm with xend, or xl with libxl. */
export type Tool = 'xm' | 'xl'

/** Where a statement comes from. */
export interface Reference {
  readonly title: string
  readonly url?: string
}

/** A statement with its sources written out. */
export interface Ground {
  readonly says: string
  readonly sources: readonly Reference[]
}
