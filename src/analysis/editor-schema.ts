import * as z from 'zod'
import { backend, facts, site } from './front-matter.ts'

/*
 * The same schemas for editors, as JSON Schema of the draft that most of them know: names are completed, faults are
 * underlined, and each key says what it is for.
 */

type Words = Readonly<Record<string, string>>

/** SHELF: what an editor shows of a key, which is named with the groups it lies in. */
const FACT_WORDS: Words = {
  title: 'the question; without it the verdict is the title',
  date: 'when it was measured: 2010, 2010-06 or 2010-06-12',
  authors: 'who measured',
  source: 'the address where the outputs were published',
  licence: 'under which the outputs may be used',
  baseline: 'the backend that others are compared with',
  host: 'the machine that serves the disks; of a virtual machine, dom0',
  'host.ram': 'such as 16 GiB',
  'host.dom0_ram': 'the memory that could cache for the guest, such as 2 GiB',
  'host.kernel': 'such as Linux 6.1',
  'host.hypervisor': 'such as Xen 4.17',
  'host.disk.link': 'the interface or its limit, such as SATA 6 Gbit/s or 60 MB/s',
  'host.disk.cache': 'what caches below the host: a size, none or unknown',
  guest: 'the machine in which bonnie++ ran',
  'guest.ram': 'such as 1 GiB',
  'guest.filesystem': 'such as ext4',
  'guest.flags': 'options with which it was mounted',
  command: 'bonnie++ with the options that it was started with',
  order: 'of the runs: backends in turn, or one after another',
  backends: 'by the names that folders and files have',
  'backends.*.kind': 'the backend it is, where its name is another: loopback, blktap, lvm, …',
  'backends.*.attach': 'how it was attached, such as tap:aio:/img/vm.img',
  'backends.*.effective': 'what served the disk in truth, where that is another',
  'backends.*.allocation': 'of the image file',
  'backends.*.snapshot': 'whether a snapshot was open',
  'backends.*.aliases': 'other names that its folders and files have',
  'backends.*.files': 'patterns of the paths that belong to it',
  'backends.*.durable': 'whether a flush of the guest reaches the medium',
  caveats: 'what readers have to know',
  accepted: 'problems that are known, each with the reason why they stay',
  equivalence: 'how far apart still counts as the same, such as 5 %',
  alias: 'names of machines as they are to be shown',
  status: 'superseded and invalid ask for a reason',
}

const SITE_WORDS: Words = {
  title: 'of the whole blog',
  url: 'where the site will be, such as https://example.org/bench/',
  author: 'who writes the blog',
}

/** The JSON Schema (draft 7) of the front matter of study.md. */
export function factsJsonSchema(): object {
  return jsonSchemaOf(facts, FACT_WORDS)
}

/** The JSON Schema (draft 7) of site.yaml. */
export function siteJsonSchema(): object {
  return jsonSchemaOf(site, SITE_WORDS)
}

function jsonSchemaOf(schema: z.ZodType, words: Words): object {
  const plain = z.toJSONSchema(schema, {
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema, path }) => {
      // `date: 2010` and `kernel: 5.10` are numbers to an editor and text to us
      if (jsonSchema.type === 'string' && !jsonSchema.enum && !path.includes('propertyNames'))
        Object.assign(jsonSchema, { type: ['string', 'number'] })
      // `lvm:` alone declares a backend
      if (zodSchema === backend) Object.assign(jsonSchema, { type: ['object', 'null'] })
    },
  })
  return described(plain, '', words)
}

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The schema of a key with its words, and those of the keys in it; what is called as the author likes is a star. */
function described(schema: JsonSchema, key: string, words: Words): JsonSchema {
  const { properties = {}, additionalProperties: others, ...rest } = schema
  const within = (name: string, each: JsonSchema | boolean) =>
    typeof each === 'boolean' ? each : described(each, key === '' ? name : `${key}.${name}`, words)
  const named = Object.entries(properties).map(([name, each]) => [name, within(name, each)] as const)
  return {
    ...rest,
    ...(words[key] !== undefined && { description: words[key] }),
    ...(named.length > 0 && { properties: Object.fromEntries(named) }),
    ...(others !== undefined && { additionalProperties: within('*', others) }),
  }
}
