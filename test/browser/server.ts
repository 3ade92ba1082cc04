/** A static server on 127.0.0.1, for as long as a test needs it. */
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** The bytes at a path such as `study/index.html`, or undefined. */
export type Shelf = (place: string) => Promise<Buffer | string | undefined>

export interface Server {
  /** Ends in a slash. */
  readonly address: string
  readonly close: () => Promise<void>
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/** Serves a shelf below `prefix`, as GitHub Pages does: `/` for a user's site, `/repository/` for a project's. */
export async function serve(shelf: Shelf, prefix = '/'): Promise<Server> {
  const server = createServer(async (request, response) => {
    const file = fileAt(request.url ?? '/', prefix)
    const body = file === undefined ? undefined : await shelf(file)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': TYPES[path.extname(file ?? '')] ?? 'text/plain',
    })
    response.end(body ?? 'Not found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function fileAt(url: string, prefix: string): string | undefined {
  const { pathname } = new URL(url, 'http://localhost')
  if (!pathname.startsWith(prefix)) return undefined
  return decodeURIComponent(pathname.slice(prefix.length)).replace(/(^|\/)$/, '$1index.html')
}

export function folderShelf(folder: string): Shelf {
  return async (place) => {
    const file = path.join(folder, place)
    const isFile =
      file.startsWith(`${folder}${path.sep}`) && (await stat(file).catch(() => undefined))?.isFile()
    return isFile ? readFile(file) : undefined
  }
}
