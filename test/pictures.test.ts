/** Pictures on the disk: drawn once, the same bytes, and again only when what they show has changed. */
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { readTemplates } from '../src/files.ts'
import type { SiteFile } from '../src/model/library.ts'
import type { Card } from '../src/model/picture.ts'
import { drawPictures } from '../src/pictures.ts'
import { isDrawnFrom, withKey } from '../src/png.ts'
import { tidy, tree } from './folders.ts'
import { suite } from './suite.ts'

const test = suite('pictures')
test.after.each(tidy)

const templates = readTemplates()
const NOWHERE = path.join('no', 'site')

function card(headline: string): SiteFile {
  const words = { site: 'S', corner: null, kicker: null, hero: null, foot: 'F', warns: false }
  return { picture: { card: { ...words, headline, fallback: 's' } satisfies Card } }
}

async function drawn(file: SiteFile, oldSite = NOWHERE): Promise<Uint8Array> {
  const result = (await drawPictures(new Map([['card.png', file]]), templates, oldSite)).get('card.png')
  assert.ok(result instanceof Uint8Array)
  return result
}

/** Width, height and the number of chunks of a PNG whose check sums all hold. */
function measured(png: Uint8Array) {
  const bytes = Buffer.from(png)
  assert.is(bytes.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n')
  const names: string[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    names.push(bytes.toString('latin1', at + 4, at + 8))
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), names }
}

test('are PNGs of 1200 by 630, the same bytes each time', async () => {
  const one = await drawn(card('LVM is faster'))
  const { width, height, names } = measured(one)
  assert.equal([width, height, names.slice(0, 2), names.at(-1)], [1200, 630, ['IHDR', 'tEXt'], 'IEND'])
  assert.equal(await drawn(card('LVM is faster')), one)
})

test('show their words in the fonts that came along', async () => {
  const square = (text: string) => ({
    picture: {
      width: 200,
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">${text}</svg>`,
    },
  })
  const bytes = async (text: string) => measuredPixels(await drawn(square(text)))
  const [nothing, sans, serif, other] = [
    await bytes(''),
    await bytes('<text y="40" font-family="Source Sans 3">LVM</text>'),
    await bytes('<text y="40" font-family="Source Serif 4" font-weight="600">LVM</text>'),
    await bytes('<text y="40" font-family="Source Sans 3">lvm</text>'),
  ]
  assert.is(new Set([nothing, sans, serif, other]).size, 4)
})

/** All but the note of the key, which differs in any case. */
function measuredPixels(png: Uint8Array): string {
  const bytes = Buffer.from(png)
  return bytes.subarray(bytes.indexOf('IDAT')).toString('base64')
}

test('are taken from the old site where they show the same, and drawn again where not', async () => {
  const site = path.join(tree({ 'site/x': '' }), 'site')
  const old = path.join(site, 'card.png')
  const first = await drawn(card('LVM is faster'))
  fs.writeFileSync(old, first)
  assert.equal(await drawn(card('LVM is faster'), site), first)
  assert.not.equal(await drawn(card('LVM is slower'), site), first)

  // another picture under the key of this one shows that it was not drawn
  const key = /tEXtbonnie-report\0([0-9a-f]{64})/.exec(Buffer.from(first).toString('latin1'))?.[1] ?? ''
  const forged = withKey(Buffer.concat([first.subarray(0, 33), Buffer.from('as it was')]), key)
  fs.writeFileSync(old, forged)
  assert.equal(await drawn(card('LVM is faster'), site), forged)
})

test('that were changed or broken are drawn again', async () => {
  const site = path.join(tree({ 'site/x': '' }), 'site')
  const old = path.join(site, 'card.png')
  const first = Buffer.from(await drawn(card('LVM is faster')))
  const changed = Buffer.from(first)
  changed[first.length - 40] = (changed[first.length - 40] ?? 0) ^ 1
  for (const bytes of [
    changed,
    first.subarray(0, 60),
    first.subarray(0, -5),
    Buffer.concat([first, first]),
    Buffer.alloc(0),
  ]) {
    fs.writeFileSync(old, bytes)
    assert.equal(Buffer.from(await drawn(card('LVM is faster'), site)), first)
  }
})

test('carry the key that they were drawn from, and notice every changed byte', async () => {
  const png = withKey(Buffer.from('x'.repeat(90)), 'a'.repeat(64))
  assert.ok(isDrawnFrom(png, 'a'.repeat(64)))
  assert.not.ok(isDrawnFrom(png, 'b'.repeat(64)))
  for (let at = 0; at < png.length; at += 1) {
    const other = Buffer.from(png)
    other[at] = (other[at] ?? 0) ^ 1
    assert.not.ok(isDrawnFrom(other, 'a'.repeat(64)), `byte ${at}`)
  }
})

test.run()
