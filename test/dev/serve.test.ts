/** The server of `dev`: it answers one reader, at this machine, and nobody who comes by another name. */
import { request } from 'node:http'
import { connect } from 'node:net'
import * as assert from 'uvu/assert'
import { NEWS, type Service, type Site, serve } from '../../src/serve.ts'
import { suite } from '../suite.ts'

const test = suite('serving a site from memory')

const FILES: Readonly<Record<string, string>> = {
  'index.html': 'home',
  'xen/index.html': 'xen',
  'xen/data.csv': 'a,b',
  'raw/vm 101%.txt': 'saved',
}
const site: Site = {
  at: async (file) => (Object.hasOwn(FILES, file) ? { status: 200, body: FILES[file] ?? '' } : null),
  lost: () => ({ status: 404, body: 'lost' }),
}
let service: Service

test.before(async () => {
  service = await serve(site, 0)
})
test.after(() => service.close())

interface Reply {
  readonly status: number
  readonly type: string
  readonly location: string | undefined
  readonly body: string
}

/** Asks with a path as it is written, which fetch would tidy up. */
function ask(path: string, { method = 'GET', host = '' } = {}): Promise<Reply> {
  const { hostname, port } = new URL(service.address)
  const headers = { host: host || `${hostname}:${port}` }
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => {
        const { 'content-type': type = '', location } = response.headers
        resolve({ status: response.statusCode ?? 0, type, location, body })
      })
    })
    asked.on('error', reject).end()
  })
}

test('listens on this machine alone', () => {
  assert.match(service.address, /^http:\/\/127\.0\.0\.1:\d+\/$/)
})

test('gives pages, files and names with blanks, each as what it is', async () => {
  assert.equal(await ask('/'), {
    status: 200,
    type: 'text/html; charset=utf-8',
    location: undefined,
    body: 'home',
  })
  assert.is((await ask('/xen/?a=b')).body, 'xen')
  const csv = await ask('/xen/data.csv')
  assert.equal([csv.type, csv.body], ['text/plain; charset=utf-8', 'a,b'])
  assert.is((await ask('/raw/vm%20101%25.txt')).body, 'saved')
})

test('leads from a folder without its slash to the folder', async () => {
  const { status, location } = await ask('/xen')
  assert.equal([status, location], [301, '/xen/'])
})

test('knows no file but those of the site, however it is asked', async () => {
  for (const path of [
    '/none',
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/%',
    '/%ff',
    '//index.html/x',
    '/constructor',
    '/\\..\\x',
  ]) {
    const { status, body } = await ask(path)
    assert.equal([status, body], [404, 'lost'], path)
  }
})

test('refuses whoever calls it by another name, and whatever would change something', async () => {
  const { port } = new URL(service.address)
  assert.is((await ask('/', { host: `localhost:${port}` })).status, 200)
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1.evil.example:${port}`,
  ]) {
    assert.is((await ask('/', { host })).status, 403, host)
    assert.is((await ask(`/${NEWS}`, { host })).status, 403, host)
  }
  for (const method of ['POST', 'PUT', 'DELETE']) assert.is((await ask('/', { method })).status, 405, method)
  assert.equal(
    [(await ask('/', { method: 'HEAD' })).status, (await ask('/', { method: 'HEAD' })).body],
    [200, ''],
  )
})

test('outlives whoever sends no HTTP, or hangs up', async () => {
  const { hostname, port } = new URL(service.address)
  await new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write('hello\r\n\r\n'))
    socket.on('error', () => {}).on('data', () => {})
    socket.on('close', resolve)
  })
  assert.is((await ask('/')).status, 200)
})

test('tells what is new to who listens, and to who begins to', async () => {
  const address = `${service.address}${NEWS}`
  const early = await fetch(address)
  service.tell('one\ntwo')
  const late = await fetch(address)
  for (const response of [early, late]) {
    assert.is(response.headers.get('content-type'), 'text/event-stream')
    let heard = ''
    for await (const chunk of response.body ?? []) {
      heard += Buffer.from(chunk).toString()
      if (heard.includes('two')) break
    }
    assert.is(heard.trimStart(), 'data: one\ndata: two\n\n')
  }
})

test('takes a free port where its own is taken', async () => {
  const taken = Number(new URL(service.address).port)
  const other = await serve(site, taken)
  const { port, hostname } = new URL(other.address)
  other.close()
  assert.is(hostname, '127.0.0.1')
  assert.is.not(Number(port), taken)
})

test.run()
