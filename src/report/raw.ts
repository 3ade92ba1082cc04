/** Endings that a browser shows as text, or that the product promises to keep. */
const SHOWN = /\.(?:txt|csv|log|gz|ndjson)$/

/**
 * Where each saved output of a study lies in its folder of the site: under its own path, with `.txt` behind any name
 * that a browser would run or download. Names that would meet get one more, those that keep theirs come first.
 */
export function rawPaths(paths: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(paths.filter((path) => SHOWN.test(path)))
  return new Map(
    paths.map((path) => {
      if (SHOWN.test(path)) return [path, `raw/${path}`]
      let name = `${path}.txt`
      while (taken.has(name)) name += '.txt'
      taken.add(name)
      return [path, `raw/${name}`]
    }),
  )
}

/** Behind the place of a saved output: the page that shows it. */
export const VIEW = '.view/index.html'

/** A path of the site as a relative address. */
export function addressOf(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(wellFormed(part)))
    .join('/')
}

/** Names of files may hold half a character where the system's are UTF-16, and no address can. */
function wellFormed(name: string): string {
  return name.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
