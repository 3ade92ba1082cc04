// `npm run dev`: builds, serves the site on 127.0.0.1, and builds again when results/, templates/ or src/ change.
// Problems are shown in the terminal; the last good site stays up. Reload the page to see what changed.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const site = path.join(root, 'site')
const PORT = Number(process.argv[2] ?? 8080)
/** An editor writes a file in several steps: wait until it is quiet. */
const QUIET_MS = 80

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

let building = null
let stale = false

/** One build at a time; a change during a build asks for one more. */
function build() {
  if (building) {
    stale = true
    return
  }
  building = spawn(process.execPath, [path.join(root, 'tools/fresh.mjs'), 'build'], {
    cwd: root,
    stdio: 'inherit',
  })
  building.on('exit', () => {
    building = null
    if (!stale) return
    stale = false
    build()
  })
}

let waiting
for (const folder of ['results', 'templates', 'src']) {
  watch(path.join(root, folder), { recursive: true }, () => {
    clearTimeout(waiting)
    waiting = setTimeout(build, QUIET_MS)
  })
}

/** The file behind an address; null for what lies outside the site or is no address. */
function fileFor(url) {
  try {
    const pathname = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname)
    const file = path.join(site, pathname, pathname.endsWith('/') ? 'index.html' : '')
    return file.startsWith(site + path.sep) ? file : null
  } catch {
    return null
  }
}

const server = createServer(async (request, response) => {
  const file = fileFor(request.url ?? '/') ?? path.join(site, 'nothing')
  try {
    const body = await readFile(file)
    response
      .writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain; charset=utf-8' })
      .end(body)
  } catch {
    const body = await readFile(path.join(site, '404.html')).catch(() => 'not built yet')
    response.writeHead(404, { 'content-type': TYPES['.html'] }).end(body)
  }
})
server.listen(PORT, '127.0.0.1', () => console.error(`http://127.0.0.1:${PORT}/`))
build()
