/** What was made when the program was compiled is what would be made now, and is not taken where it would not be. */
import * as assert from 'uvu/assert'
import { publish } from '../src/build.ts'
import { readTemplates } from '../src/files.ts'
import type { Keep } from '../src/model/keep.ts'
import type { Templates } from '../src/model/library.ts'
import { TEMPLATES_FOLDER } from '../src/package.ts'
import { prepare } from '../src/prepare.ts'
import { giving, PREPARED, stocktaking } from '../src/prepared.ts'
import { suite } from './suite.ts'

const test = suite('what is prepared')

const templates = readTemplates()
let text = ''

test.before(async () => {
  text = (await prepare(TEMPLATES_FOLDER)).get(PREPARED) ?? ''
})

/** The site without studies, and at which places work was done for it. */
async function siteOf(of: Templates, keep: Keep) {
  const made: string[] = []
  const noting: Keep = (place, inputs, make) =>
    keep(place, inputs, () => {
      made.push(place)
      return make()
    })
  const nothing = { siteText: null, folders: [], diagnostics: [] }
  return { site: await publish([], nothing, of, { keep: noting }), made }
}

const anew: Keep = (_place, _inputs, make) => make()

test('gives the same site as work does, and leaves little of it', async () => {
  const { site } = await siteOf(templates, anew)
  const { site: again, made } = await siteOf(templates, giving(JSON.parse(text)))
  assert.equal([...again], [...site])
  assert.equal(
    made.filter((place) => !place.endsWith('.html')),
    ['markdown', 'pages'],
  )
})

test('holds every template as a program', () => {
  const names = [...templates.keys()].filter((name) => name.endsWith('.njk'))
  assert.ok(names.length > 20)
  for (const name of names) assert.ok(Object.hasOwn(JSON.parse(text), `template ${name}`), name)
})

test('is not taken once a template says something else', async () => {
  const rule = 'rules/single-run.md'
  const edited = new Map(templates).set(rule, `${templates.get(rule)}\nAnother word.\n`)
  const { site } = await siteOf(edited, giving(JSON.parse(text)))
  for (const twin of ['md', 'html'])
    assert.match(String(site.get(`method/single-run/index.${twin}`)), 'Another word.')
})

test('is not taken once a template of a page is another', async () => {
  const base = 'pages/base.html.njk'
  const edited = new Map(templates).set(base, `${templates.get(base)}<!-- other -->`)
  const { site } = await siteOf(edited, giving(JSON.parse(text)))
  assert.match(String(site.get('404.html')), '<!-- other -->')
})

test('holds the pictures that show nothing of any study', () => {
  const stock = JSON.parse(text)
  for (const name of ['apple-touch-icon.png', 'card.png']) {
    const bytes = Buffer.from(stock[`picture ${name}`].value, 'base64')
    assert.is(bytes.toString('latin1', 1, 4), 'PNG')
  }
})

test('is only what JSON can say, made of texts and templates alone', () => {
  const { keep, text: taken } = stocktaking()
  const some = new Map([['a', 'b']])
  keep('plain', ['text', some], () => ({ a: [1, null, 'x'] }))
  keep('a function', ['text'], () => () => 1)
  keep('a hole', ['text'], () => ({ a: undefined }))
  keep('nothing', ['text'], () => undefined)
  keep('of an object', [{}], () => 1)
  keep('of a promise', ['text'], () => Promise.resolve(1))
  assert.equal(Object.keys(JSON.parse(taken())), ['plain'])

  const kept = giving(JSON.parse(taken()))
  assert.equal(
    kept('plain', ['text', new Map(some)], () => null),
    { a: [1, null, 'x'] },
  )
  for (const inputs of [['texts', some], ['text', new Map([['a', 'c']])], ['text'], [some, 'text']])
    assert.is(
      kept('plain', inputs, () => null),
      null,
    )
})

test.run()
