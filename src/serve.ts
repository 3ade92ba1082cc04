import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Refusal } from './disk.ts'

/*
 * A server for one reader, who sits at this machine. It listens on 127.0.0.1 alone, and answers only whoever calls it
 * by that name: a page from elsewhere can make a browser believe that its own name means this machine (DNS rebinding).
 */

const HOST = '127.0.0.1'

/** What lies at a path such as `study/index.html`. */
export interface Answer {
  readonly status: number
  readonly body: string | Uint8Array
}

export interface Site {
  /** null where nothing lies there; `lost` says so in words */
  at(file: string): Promise<Answer | null>
  lost(): Answer
}

export interface Service {
  /** ends in a slash */
  readonly address: string
  /** sends a text to every page that listens, and to those that begin to */
  tell(news: string): void
  close(): void
}

/** Where pages listen to what is told: server-sent events. */
export const NEWS = '.dev/news'

/** Serves a site at a port, or at a free one where that is taken. Throws a Refusal where there is none. */
export async function serve(site: Site, port: number): Promise<Service> {
  const listeners = new Set<ServerResponse>()
  let news = ''
  let names: readonly string[] = []
  const server = createServer((request, response) => {
    if (!names.includes(request.headers.host ?? '')) return refuse(response, 403, 'This name is not mine.')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only GET and HEAD.')
    const { pathname } = addressOf(request)
    if (pathname === `/${NEWS}`) return listen(response)
    answer(site, pathname, response).catch(() => response.destroy())
  })
  const listen = (response: ServerResponse) => {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' })
    response.write(event(news))
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
  }
  const taken = await listening(server, port)
  names = [`${HOST}:${taken}`, `localhost:${taken}`]
  return {
    address: `http://${HOST}:${taken}/`,
    tell(text) {
      news = text
      for (const response of listeners) response.write(event(text))
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function listening(server: Server, port: number): Promise<number> {
  const tried = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen(port, HOST, () => resolve(null))
  })
  server.removeAllListeners('error')
  if (tried?.code === 'EADDRINUSE' && port !== 0) return listening(server, 0)
  if (tried)
    throw new Refusal(
      `No port of ${HOST} can be served: ${tried.message}.`,
      'Name another with --port, one above 1023.',
    )
  return (server.address() as AddressInfo).port
}

function event(text: string): string {
  return text === '' ? '\n' : `${text.replace(/^/gm, 'data: ')}\n\n`
}

// ─── answers ────────────────────────────────────────────────────────────────────────────────────────────────────

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // no page from elsewhere may show what lies here
  'cross-origin-resource-policy': 'same-origin',
} as const

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.woff2': 'font/woff2',
  '.gz': 'application/gzip',
}

async function answer(site: Site, pathname: string, response: ServerResponse): Promise<void> {
  const file = fileAt(pathname)
  const found = file === null ? null : await site.at(file)
  if (found && file !== null) return send(response, file, found)
  if (file !== null && !file.endsWith('/index.html') && (await site.at(`${file}/index.html`))) {
    // links in a page of a folder go from the folder
    response.writeHead(301, { ...HEADERS, location: `${pathname}/` }).end()
    return
  }
  send(response, '404.html', site.lost())
}

function send(response: ServerResponse, file: string, { status, body }: Answer): void {
  const type = TYPES[path.extname(file).toLowerCase()] ?? 'text/plain; charset=utf-8'
  response.writeHead(status, { ...HEADERS, 'content-type': type }).end(body)
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`)
}

function addressOf(request: IncomingMessage): URL {
  const base = `http://${HOST}`
  return URL.canParse(request.url ?? '/', base) ? new URL(request.url ?? '/', base) : new URL(base)
}

/** The path in the site that an address means; null where it is none. */
function fileAt(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname.slice(1)).replace(/(^|\/)$/, '$1index.html')
  } catch {
    return null
  }
}
