/** A storage backend as one study knows it. `kind` is the id of its knowledge page, or null where there is none. */
export interface Backend {
  readonly id: string
  readonly title: string
  readonly kind: string | null
}

export type Tristate = 'yes' | 'no' | 'unknown'

/** What is documented about a backend: the front matter of templates/backends/<id>.md. */
export interface Knowledge {
  readonly id: string
  readonly title: string
  readonly aliases: readonly string[]
  /** measured to be compared with, never to be chosen */
  readonly control?: boolean
  /** one sentence: what it is */
  readonly summary: string
  /** the path of a request, from the guest to the medium */
  readonly path: string
  /** whether the layer that serves the disk keeps data in its own memory (dom0's page cache) */
  readonly caches: Tristate
  /** whether a guest's flush reaches the medium */
  readonly flush: Tristate
  /** what it offers beside speed, such as `snapshots` or `online resize` */
  readonly features: readonly string[]
  /** documented statements, each one sentence, with the ids of their sources */
  readonly documented: readonly {
    readonly about: string
    readonly says: string
    readonly sources: readonly string[]
  }[]
  readonly sources: Readonly<Record<string, Reference>>
}

/** Where a statement comes from. */
export interface Reference {
  readonly title: string
  readonly url?: string
}
