import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { SiteFile, Templates } from './model/library.ts'
import { TEMPLATES_FOLDER } from './package.ts'
import { drawPictures } from './pictures.ts'
import type { Roots } from './publish/seal.ts'
import type { Answer, Site } from './serve.ts'

/*
 * A site that lies in memory, as `dev` serves it: each page has a script more, which loads it again. Files that are
 * copied are read, and pictures are drawn, when somebody asks for them.
 */

/** Where the pages find templates/dev.js. */
const SCRIPT = '.dev/reload.js'

interface Source {
  /** the name of the build, by which a page knows whether it is the newest */
  readonly build: string
  readonly roots: Roots
  /** the address that the page for lost ones takes the site to have, as it needs an absolute one; null: none */
  readonly home: string | null
  readonly templates: Templates
  /** the folder that pictures are taken over from */
  readonly oldSite: string
}

/** The files of a build. */
export function preview(
  files: ReadonlyMap<string, SiteFile>,
  { build, roots, home, templates, oldSite }: Source,
): Site {
  const bytesOf = async (name: string, file: SiteFile): Promise<Answer['body'] | null> => {
    if (typeof file === 'string') return name.endsWith('.html') ? withScript(file, build) : file
    if ('copy' in file) return bytesAt(path.join(roots[file.from], file.copy))
    const drawn = (await drawPictures(new Map([[name, file]]), templates, oldSite)).get(name)
    return drawn instanceof Uint8Array ? drawn : null
  }
  const lost = String(files.get('404.html') ?? '')
  const lostPage = home === null ? lost : lost.replaceAll(`="${home}`, '="/')
  return {
    async at(name) {
      const file = files.get(name)
      const body = name === SCRIPT ? await script() : file === undefined ? null : await bytesOf(name, file)
      return body === null ? null : { status: 200, body }
    },
    lost: () => ({ status: 404, body: withScript(lostPage, build) }),
  }
}

/** Where there is no build yet: a page that waits for one. */
export function emptyPreview(build: string): Site {
  const page = { status: 503, body: withScript(EMPTY, build) }
  return {
    async at(name) {
      const body = name === SCRIPT ? await script() : null
      if (body !== null) return { status: 200, body }
      return name.endsWith('.html') ? page : null
    },
    lost: () => page,
  }
}

const EMPTY = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';">
<title>Nothing to show yet</title>
</head>
<body><p>There is nothing to show yet. The page comes as soon as there is.</p></body>
</html>
`

function script(): Promise<Uint8Array | null> {
  return bytesAt(path.join(TEMPLATES_FOLDER, 'dev.js'))
}

/** What is gone since the build is not there; the next build knows. */
function bytesAt(file: string): Promise<Uint8Array | null> {
  return readFile(file).catch(() => null)
}

/** The beginning of the policy of all pages (templates/pages/base.html.njk): pages without scripts allow none. */
const POLICY =
  /(<meta http-equiv="Content-Security-Policy" content="default-src 'none';)(?: script-src 'self';)?/

/** A page that may load our script, and be told of builds. */
function withScript(html: string, build: string): string {
  return html
    .replace(POLICY, "$1 script-src 'self'; connect-src 'self';")
    .replace('</head>', `<script src="/${SCRIPT}" data-build="${build}" defer></script>\n</head>`)
}
