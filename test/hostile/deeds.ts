/** What HTML would do in a browser. */
import type { DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** The elements below a node, and it itself. */
export function* elements(node: Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child)
  if ('content' in node) yield* elements(node.content)
}

const RUNS =
  /^(?:iframe|frame|object|embed|base|applet|foreignobject|use|animate|set|math|textarea|marquee)$/i
const LOADS = ['src', 'srcset', 'poster', 'data', 'action', 'formaction', 'background', 'srcdoc']

/** What a reader's browser would do that the text alone does not. */
export function* deeds(root: Node): Generator<string> {
  for (const { tagName, attrs } of elements(root)) {
    if (RUNS.test(tagName)) yield `<${tagName}>`
    for (const { name, value } of attrs) {
      if (/^on/i.test(name)) yield `${tagName} ${name}`
      if (LOADS.includes(name) && /^\s*(?:[a-z]+:|\/\/)/i.test(value)) yield `${tagName} ${name}=${value}`
      if (/href$/.test(name) && /^\s*(?:javascript|vbscript|data|file):/i.test(value))
        yield `${tagName} ${name}=${value}`
      if (name === 'style' && /url|import|expression/i.test(value)) yield `${tagName} style`
      if (name === 'http-equiv' && value.toLowerCase() === 'refresh') yield 'refresh'
    }
  }
}
