/*
 * Lets readers look into a chart: a button under each figure loads Vega from this site, and the chart's marks, and
 * shows them on a value axis that can be zoomed and moved. Nothing is loaded before. Classic scripts, because modules
 * and data do not load from the disk.
 */

;(() => {
  'use strict'

  /**
   * As in src/report/look.ts, which says what they mean.
   * @typedef {{ spec: object, type: 'log' | 'linear', domain: [number, number], range: [number, number] }} Look
   * @typedef {{ look: Look, view: any, box: HTMLElement }} Shown
   */

  /** What scripts in charts/ hand over. @type {Map<string, Look>} */
  const looks = new Map()

  /** Called by charts/<id>.look.js: the only name that this script gives to the page. @param {string} id @param {Look} look */
  const take = (id, look) => looks.set(id, look)
  Object.assign(globalThis, { lookInto: take })

  const home = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? ''

  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map()

  /** Loads a script once; after a failure it can be tried again. @param {string} address */
  function load(address) {
    const known = loaded.get(address)
    if (known) return known
    const loading = /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        const script = document.createElement('script')
        script.src = address
        script.onload = () => resolve()
        script.onerror = () => {
          loaded.delete(address)
          reject(new Error(address))
        }
        document.head.append(script)
      })
    )
    loaded.set(address, loading)
    return loading
  }

  /**
   * The value at a share of the axis as it was drawn.
   * @param {Look} look @param {number} share
   */
  function valueAt({ type, domain: [low, high] }, share) {
    return type === 'log' ? low * (high / low) ** share : low + share * (high - low)
  }

  /** A number with four digits: close enough to tell marks apart. @param {number} x */
  function digits(x) {
    return x === 0 ? '0' : Number(x.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 })
  }

  /** What a mark says when it is pointed at. @param {any} datum */
  function told(datum) {
    if (datum?.what === undefined) return ''
    if (datum.low !== undefined) return `${datum.what}: ${digits(datum.low)} to ${digits(datum.high)}`
    const label = datum.label ? `, drawn as “${datum.label}”` : ''
    return `${datum.what}: ${datum.bound ? `${datum.bound} ` : ''}${digits(datum.value)}${label}`
  }

  /** The least share of the axis that can fill the view. */
  const LEAST = 0.002

  /** @param {HTMLElement} figure @param {DocumentFragment} parts */
  function offer(figure, parts) {
    const opener = /** @type {HTMLButtonElement} */ (parts.querySelector('.look-open'))
    const panel = /** @type {HTMLElement} */ (parts.querySelector('.look'))
    const stage = /** @type {HTMLElement} */ (panel.querySelector('.look-stage'))
    const says = /** @type {HTMLElement} */ (panel.querySelector('.look-says'))
    const tools = /** @type {HTMLElement} */ (panel.querySelector('.look-tools'))
    const [asks, failed] = [says.textContent ?? '', says.dataset.failed ?? '']
    const title = figure.querySelector('h3')?.textContent ?? ''
    const name = /** @type {HTMLElement} */ (opener.querySelector('.vh'))
    name.textContent = `: ${title}`
    /** @type {Shown[]} */
    let shown = []
    /** the part of the axis in view, as shares of the axis as it was drawn */
    let [from, to] = [0, 1]

    /** @param {number} low @param {number} width */
    function see(low, width) {
      const wide = Math.min(1, Math.max(LEAST, width))
      from = Math.min(1 - wide, Math.max(0, low))
      to = from + wide
      for (const { look, view } of shown)
        view.signal('domain', [valueAt(look, from), valueAt(look, to)]).runAsync()
    }

    /** @param {number} factor @param {number} at the share of the view that stays where it is */
    function zoom(factor, at) {
      const fixed = from + at * (to - from)
      see(fixed - at * (to - from) * factor, (to - from) * factor)
    }

    /** @type {Record<string, () => void>} */
    const moves = {
      in: () => zoom(0.5, 0.5),
      out: () => zoom(2, 0.5),
      left: () => see(from - (to - from) / 4, to - from),
      right: () => see(from + (to - from) / 4, to - from),
      whole: () => see(0, 1),
    }

    /** Pixels of the page that the axis of a chart takes. @param {Shown} chart */
    function room({ look, box }) {
      const scale = box.clientWidth / /** @type {any} */ (look.spec).width
      return (look.range[1] - look.range[0]) * Math.min(1, scale)
    }

    /** @param {Shown} chart */
    function follow(chart) {
      const { box, look } = chart
      box.addEventListener('pointermove', (event) => {
        if (event.buttons === 1) see(from - (event.movementX / room(chart)) * (to - from), to - from)
      })
      box.addEventListener(
        'wheel',
        (event) => {
          if (!event.ctrlKey && !event.metaKey) return
          event.preventDefault()
          const start =
            box.getBoundingClientRect().left + (look.range[0] * room(chart)) / (look.range[1] - look.range[0])
          zoom(event.deltaY > 0 ? 1.25 : 0.8, Math.min(1, Math.max(0, (event.clientX - start) / room(chart))))
        },
        { passive: false },
      )
      const tell = (/** @type {unknown} */ _, /** @type {any} */ item) => {
        says.textContent = told(item?.datum) || asks
      }
      for (const type of ['pointermove', 'pointerdown']) chart.view.addEventListener(type, tell)
    }

    /** @param {SVGElement} svg a chart of the figure, as it was drawn */
    async function show(svg) {
      const id = svg.querySelector('title')?.id.replace(/-t$/, '') ?? ''
      await load(`charts/${id}.look.js`)
      const look = looks.get(id)
      if (!look) return
      const box = document.createElement('div')
      box.className = 'look-chart'
      box.setAttribute('role', 'img')
      box.setAttribute('aria-label', svg.querySelector('title')?.textContent ?? title)
      const heading = svg.closest('li')?.querySelector('h4')?.cloneNode(true)
      const place = document.createElement('div')
      place.append(...(heading ? [heading] : []), box)
      stage.append(place)
      const { View, parse, expressionInterpreter } = /** @type {any} */ (globalThis).vega
      const view = new View(parse(look.spec, null, { ast: true }), {
        expr: expressionInterpreter,
        renderer: 'svg',
        container: box,
        tooltip: () => {},
      })
      await view.runAsync()
      box.querySelector('svg')?.setAttribute('aria-hidden', 'true')
      const chart = { look, view, box }
      shown.push(chart)
      follow(chart)
    }

    async function open() {
      const drawn = /** @type {SVGElement[]} */ ([...figure.querySelectorAll('svg.chart')])
      const charts = drawn.filter((svg) => svg.getClientRects().length > 0)
      opener.setAttribute('aria-expanded', 'true')
      opener.setAttribute('aria-busy', 'true')
      stage.classList.toggle('panels', figure.querySelector('.panels') !== null)
      panel.hidden = false
      says.textContent = asks
      try {
        await load(new URL('vendor/vega.js', home).href)
        for (const svg of charts) await show(svg)
      } catch {
        says.textContent = failed
      }
      tools.hidden = shown.length === 0
      opener.removeAttribute('aria-busy')
    }

    function close() {
      for (const { view } of shown) view.finalize()
      shown = []
      stage.replaceChildren()
      panel.hidden = true
      see(0, 1)
      opener.setAttribute('aria-expanded', 'false')
    }

    opener.addEventListener('click', () => {
      if (opener.hasAttribute('aria-busy')) return
      if (opener.getAttribute('aria-expanded') === 'true') close()
      else open()
    })
    tools.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null
      if (button) moves[button.value]()
    })
    figure.querySelector('details')?.before(opener, panel)
  }

  const parts = document.getElementById('look')
  if (parts instanceof HTMLTemplateElement) {
    const figures = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('figure[data-look]'))
    for (const figure of figures)
      offer(figure, /** @type {DocumentFragment} */ (parts.content.cloneNode(true)))
  }
})()
