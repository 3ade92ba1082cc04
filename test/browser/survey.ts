/** The looks that pages seldom get: other widths, twice the size, colours of the reader's own, paper. */
import type { Page } from 'playwright-core'
import { AXE, AXE_FAULTS, BROKEN_WORDS, LAYOUT } from './in-page.ts'

interface Look {
  readonly name: string
  readonly width: number
  readonly media: NonNullable<Parameters<Page['emulateMedia']>[0]>
}

const USUAL = { media: 'screen', colorScheme: 'light', forcedColors: 'none' } as const
const NIGHT = { ...USUAL, colorScheme: 'dark' } as const

/** SHELF: the looks, beside 320 and 1280 px in both themes. Zoom halves the CSS pixels that a page has: 200 % of 1280. */
const LOOKS: readonly Look[] = [
  { name: '360 px', width: 360, media: USUAL },
  { name: '360 px, dark', width: 360, media: NIGHT },
  { name: '768 px', width: 768, media: USUAL },
  { name: '768 px, dark', width: 768, media: NIGHT },
  { name: '1440 px', width: 1440, media: USUAL },
  { name: '1440 px, dark', width: 1440, media: NIGHT },
  { name: '1280 px at 200 %', width: 640, media: USUAL },
  { name: 'forced colours, 320 px', width: 320, media: { ...USUAL, forcedColors: 'active' } },
  {
    name: 'forced dark colours, 1280 px',
    width: 1280,
    media: { ...NIGHT, forcedColors: 'active' },
  },
  // the width of A4 within the margins that the style sheet sets, at 96 px an inch
  { name: 'paper', width: 680, media: { ...USUAL, media: 'print' } },
]

/** On paper a link is text like any other: nobody can follow it. */
const ABOUT_LINKS = /^axe \S+(?: \S+)? link-in-text-block /

/** What is wrong in any of the looks, also to axe, and on paper. */
export async function survey(page: Page, address: string): Promise<string[]> {
  const faults: string[] = []
  await page.goto(address)
  await page.evaluate(AXE)
  for (const { name, width, media } of LOOKS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia(media)
    const seen = await page.evaluate<string[]>(LAYOUT)
    const heard = await page.evaluate<string[]>(AXE_FAULTS)
    seen.push(...heard.filter((fault) => media.media !== 'print' || !ABOUT_LINKS.test(fault)))
    if (media.media === 'print') seen.push(...(await page.evaluate<string[]>(BROKEN_WORDS)))
    faults.push(...seen.map((fault) => `${name}: ${fault}`))
  }
  await page.emulateMedia(USUAL)
  faults.push(...paperFaults(await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true })))
  await page.setViewportSize({ width: 1280, height: 900 })
  return faults
}

/** A PDF that a screen reader can follow has a tree of its structure, a language and a title. */
function paperFaults(pdf: Buffer): string[] {
  const text = pdf.toString('latin1')
  return ['/StructTreeRoot', '/Lang', '/Title']
    .filter((key) => !text.includes(key))
    .map((key) => `paper: the PDF has no ${key}`)
}
