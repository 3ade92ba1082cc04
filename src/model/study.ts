/** What an author may declare in the front matter of study.md. Sizes are strings with units, as written. */
export interface Facts {
  readonly title?: string
  /** when it was measured: 2010, 2010-06 or 2010-06-12 */
  readonly date?: string
  readonly authors?: readonly string[]
  readonly source?: string
  readonly licence?: string
  readonly baseline?: string
  readonly host?: HostFacts
  readonly guest?: GuestFacts
  readonly command?: string
  readonly order?: 'interleaved' | 'blocked'
  readonly backends?: Readonly<Record<string, BackendFacts>>
  readonly caveats?: readonly string[]
  readonly accepted?: readonly Accepted[]
  readonly equivalence?: { readonly bulk?: string; readonly seeks?: string; readonly files?: string }
  readonly alias?: Readonly<Record<string, string>>
  readonly status?: 'current' | 'superseded' | 'invalid'
  readonly reason?: string
}

export interface HostFacts {
  readonly cpu?: string
  readonly ram?: string
  readonly hypervisor?: string
  readonly kernel?: string
  readonly dom0_ram?: string
  readonly disk?: DiskFacts
}

export interface DiskFacts {
  readonly kind?: 'hdd' | 'ssd' | 'nvme' | 'raid' | 'unknown'
  /** interface or throttle, such as `60 MB/s` */
  readonly link?: string
  readonly spindles?: number
  /** what caches below the measured host: a size, `none`, or `unknown` */
  readonly cache?: string
}

export interface GuestFacts {
  readonly ram?: string
  readonly vcpus?: number
  readonly kernel?: string
  readonly filesystem?: string
  readonly flags?: string
}

export interface BackendFacts {
  /** id of a knowledge page, where the name in this study is another */
  readonly kind?: string
  readonly title?: string
  readonly attach?: string
  readonly allocation?: 'sparse' | 'preallocated' | 'thin'
  readonly snapshot?: boolean
  /** what served the disk in truth, where the attach line says something else */
  readonly effective?: string
  readonly aliases?: readonly string[]
  readonly files?: string | readonly string[]
  readonly durable?: boolean
}

/** A known problem that the author takes responsibility for: it becomes a note on the page. */
export interface Accepted {
  readonly file: string
  readonly rule: string
  readonly because: string
}

/** study.md, taken apart. `proseLine` is the line of the file on which the prose begins. */
export interface StudyText {
  readonly facts: Facts
  readonly prose: string
  readonly proseLine: number
}

/** results/site.yaml: facts of the whole blog. */
export interface SiteFacts {
  readonly title?: string
  readonly url?: string
  readonly author?: string
}
