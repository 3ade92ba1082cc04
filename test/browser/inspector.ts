/**
 * Looks at pages as their readers do: on a phone and on a desk, by day and by night, with and without JavaScript.
 * Every look is a sentence away from a test's message: what is wrong, and in which looks.
 */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { launch } from './chromium.ts'
import { AXE, AXE_COLOR_FAULTS, AXE_FAULTS, LAYOUT, SHAPE, STRUCTURE } from './in-page.ts'
import { lacks } from './needs.ts'
import { survey } from './survey.ts'

const THEMES = ['light', 'dark'] as const
type Theme = (typeof THEMES)[number]

export interface Inspector {
  /** Every width and theme, with and without JavaScript, with axe: what is wrong, empty if nothing is. */
  readonly inspect: (address: string) => Promise<string[]>
  /** The keyboard, text spacing, motion: see needs.ts. */
  readonly lacks: (address: string) => Promise<string[]>
  /** The other widths, zoom, forced colours and paper: see survey.ts. */
  readonly survey: (address: string) => Promise<string[]>
  /** One look, without axe: enough to see whether a page works at another address. */
  readonly glance: (address: string) => Promise<string[]>
  readonly close: () => Promise<void>
}

/** A site that is asked for at `address` and answered from `from`, as if it were published. */
export interface StandIn {
  readonly address: string
  readonly from: string
}

interface Tab {
  readonly page: Page
  readonly width: number
  readonly script: boolean
  /** What the browser complained about since the page was opened. */
  readonly noticed: Set<string>
}

interface Fault {
  readonly look: string
  readonly text: string
}

export async function startInspector(standIn?: StandIn): Promise<Inspector> {
  const browser = await launch()
  const [phone, desk] = await openTabs(browser, true, standIn)
  const tabs = [phone, desk, ...(await openTabs(browser, false, standIn))]
  return {
    inspect: async (address) => {
      // axe needs the page's timers, which stand still without JavaScript
      const looks = tabs.map((tab) => lookAt(tab, address, { themes: THEMES, axe: tab.script }))
      return grouped((await Promise.all(looks)).flat(), tabs.length * THEMES.length)
    },
    glance: async (address) =>
      (await lookAt(desk, address, { themes: ['light'], axe: false })).map(({ text }) => text),
    lacks: (address) => lacks(desk.page, address),
    survey: (address) => survey(desk.page, address),
    close: () => browser.close(),
  }
}

async function openTabs(
  browser: Browser,
  script: boolean,
  standIn: StandIn | undefined,
): Promise<[Tab, Tab]> {
  const context = await browser.newContext({ javaScriptEnabled: script })
  await keepAtHome(context, standIn)
  return [await openTab(context, 320, script), await openTab(context, 1280, script)]
}

async function openTab(context: BrowserContext, width: number, script: boolean): Promise<Tab> {
  const page = await context.newPage()
  await page.setViewportSize({ width, height: 900 })
  const noticed = new Set<string>()
  page.on('console', (message) => message.type() === 'error' && noticed.add(`console: ${message.text()}`))
  page.on('pageerror', (error) => noticed.add(`script error: ${error.message}`))
  page.on('requestfailed', (request) => noticed.add(`request failed: ${request.url()}`))
  page.on(
    'response',
    (response) => response.status() >= 400 && noticed.add(`${response.status()}: ${response.url()}`),
  )
  page.on('request', (request) => isAbroad(request) && noticed.add(`asks another host: ${request.url()}`))
  return { page, width, script, noticed }

  function isAbroad(request: Request): boolean {
    const { protocol, host } = new URL(request.url())
    const isThePage = request.isNavigationRequest() && request.frame() === page.mainFrame()
    return protocol.startsWith('http') && !isThePage && host !== new URL(page.url()).host
  }
}

/** No test reaches the network: whatever is not on this machine, or stood in for, is refused. */
async function keepAtHome(context: BrowserContext, standIn: StandIn | undefined): Promise<void> {
  await context.route(
    ({ protocol, hostname }) => protocol.startsWith('http') && hostname !== '127.0.0.1',
    async (route) => {
      const url = route.request().url()
      if (!standIn || !url.startsWith(standIn.address)) return route.abort()
      const answer = await fetch(standIn.from + url.slice(standIn.address.length))
      return route.fulfill({
        status: answer.status,
        contentType: answer.headers.get('content-type') ?? 'text/plain',
        body: Buffer.from(await answer.arrayBuffer()),
      })
    },
  )
}

async function lookAt(
  { page, width, script, noticed }: Tab,
  address: string,
  { themes, axe }: { themes: readonly Theme[]; axe: boolean },
): Promise<Fault[]> {
  noticed.clear()
  await page.goto(address)
  if (axe) await page.evaluate(AXE)
  const faults: Fault[] = []
  const shapes = new Set<string>()
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    const look = `${width} ${theme}${script ? '' : ' without script'}`
    const texts = await page.evaluate<string[]>(LAYOUT)
    texts.push(...(await page.evaluate<string[]>(STRUCTURE)))
    shapes.add(await page.evaluate<string>(SHAPE))
    if (shapes.size > 1) texts.push('is laid out otherwise than in the other theme')
    // what stands as before is asked again for its colours alone
    const asked = theme === themes[0] ? AXE_FAULTS : AXE_COLOR_FAULTS
    if (axe) texts.push(...(await page.evaluate<string[]>(asked)))
    faults.push(...[...texts, ...noticed].map((text) => ({ look, text })))
  }
  return faults
}

/** The same fault in many looks is one fault. */
function grouped(faults: readonly Fault[], looks: number): string[] {
  const byText = new Map<string, Set<string>>()
  for (const { look, text } of faults) byText.set(text, (byText.get(text) ?? new Set()).add(look))
  return [...byText].map(
    ([text, where]) => `${text} [${where.size === looks ? 'every look' : [...where].join(', ')}]`,
  )
}
