/** What readers need who use a keyboard, set their own text spacing, or cannot bear motion: one sentence for each lack. */
import type { Page } from 'playwright-core'
import { FOCUS, LAYOUT, SPACING } from './in-page.ts'

/** Enough to get through the navigation, a list of contents and some tables. */
const MOST_TABS = 60

interface Focus {
  readonly name: string
  readonly target: string | null
  readonly faults: readonly string[]
}

export async function lacks(page: Page, address: string): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 900 })
  // Without motion also because a page that glides to its focus is not there yet when it is looked at.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(address)
  const moving = await page.evaluate<number>('document.getAnimations().length')
  const byKeyboard = await walk(page)
  await page.emulateMedia({ reducedMotion: null })
  return [
    ...byKeyboard,
    ...(moving > 0 ? [`${moving} animations run for readers who asked for none`] : []),
    ...(await spaced(page, address)),
  ]
}

/** The first press of Tab offers to skip to the text, and every stop on the way through the page can be seen. */
async function walk(page: Page): Promise<string[]> {
  const faults: string[] = []
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate<Focus | undefined>(FOCUS)
    if (!focus) break
    if (tabs === 0 && focus.target !== '#main')
      faults.push(`the first stop is ${focus.name}, not a link to #main`)
    faults.push(...focus.faults)
  }
  await page.evaluate('document.querySelector(\'a[href="#main"]\')?.focus()')
  await page.keyboard.press('Enter')
  const arrived = await page.evaluate<string>('document.activeElement?.id ?? ""')
  return arrived === 'main' ? faults : [...faults, 'the link to #main does not move the focus there']
}

async function spaced(page: Page, address: string): Promise<string[]> {
  const faults: string[] = []
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(address)
    await page.evaluate(SPACING)
    const seen = await page.evaluate<string[]>(LAYOUT)
    faults.push(...seen.map((fault) => `with wide text spacing, ${width} px: ${fault}`))
  }
  return faults
}
