import nunjucks from 'nunjucks'
import { anew, type Keep } from '../model/keep.ts'
import type { Templates } from '../model/library.ts'

/*
 * The templates as nunjucks takes them. Those of Markdown and those of HTML differ in what they escape, which is asked
 * only when they are run, and are compiled alike.
 */

/** How every template is read. */
export const READING = { throwOnUndefined: true, trimBlocks: true, lstripBlocks: true } as const

/** nunjucks over texts that were read before: the rooms do not touch the disk. `keep` may remember the programs. */
export class TemplateMap extends nunjucks.Loader implements nunjucks.ILoader {
  readonly #templates: Templates
  readonly #keep: Keep
  constructor(templates: Templates, keep: Keep = anew) {
    super()
    this.#templates = templates
    this.#keep = keep
  }
  getSource(name: string): nunjucks.LoaderSource {
    const text = this.#templates.get(name)
    if (text === undefined) throw new Error(`there is no template ${name}`)
    const program = programOf(name, text, this.#keep)
    // its types know only of texts, but nunjucks takes what it compiles to as well, as its own loader of such gives it
    const src = { type: 'code', obj: new Function(program)() } as unknown as string
    return { src, path: name, noCache: false }
  }
}

/** A template as JavaScript: the body of a function that returns its parts. */
export function programOf(name: string, text: string, keep: Keep): string {
  return keep(`template ${name}`, [text], () => {
    const env = new nunjucks.Environment(null, READING)
    const wrapper = (made: unknown) => (made as readonly { readonly template: string }[])[0]?.template ?? ''
    return nunjucks.precompileString(text, { name, env, wrapper })
  })
}
