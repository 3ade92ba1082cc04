/*
 * Lets readers look into a chart: a button under each figure loads Vega from this site, and the chart's marks, and
 * shows them on a value axis that can be zoomed and moved. Nothing is loaded before. Classic scripts, because modules
 * and data do not load from the disk.
 */

;(() => {
  'use strict'

  /**
   * As in src/report/look.ts, which says what they mean.
   * @typedef {{ from: number, factor: number, suffix: string }} Unit
   * @typedef {{ spec: { width: number }, type: 'log' | 'linear', domain: [number, number], range: [number, number], units: Unit[] }} Look
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

  /**
   * A number with four digits: close enough to tell marks apart. Lower bounds are rounded down, upper bounds up; the
   * tiny shift undoes binary noise.
   * @param {number} x @param {string | null} [bound]
   */
  function digits(x, bound) {
    if (x === 0) return '0'
    const step = 10 ** (Math.floor(Math.log10(Math.abs(x))) - 3)
    const steps = x / step
    const rounded =
      bound === 'at least'
        ? Math.floor(steps + 1e-9)
        : bound === 'at most'
          ? Math.ceil(steps - 1e-9)
          : Math.round(steps)
    return (rounded * step).toLocaleString('en-US', { maximumSignificantDigits: 4 })
  }

  /**
   * What a mark says when it is pointed at.
   * @param {any} datum @param {Unit[]} units
   */
  function told(datum, units) {
    if (datum?.what === undefined) return ''
    const text = (/** @type {number} */ x) => {
      const { factor, suffix } = units.find(({ from }) => x >= from) ?? units[units.length - 1]
      return digits(x / factor, datum.bound) + suffix
    }
    if (datum.low !== undefined) return `${datum.what}: ${text(datum.low)} to ${text(datum.high)}`
    const label = datum.label ? `, drawn as “${datum.label}”` : ''
    return `${datum.what}: ${datum.bound ? `${datum.bound} ` : ''}${text(datum.value)}${label}`
  }

  /** The least share of the axis that can fill the view. */
  const LEAST = 0.002

  /**
   * The part of the axis in view, as shares of the axis as it was drawn. All charts of a figure move together.
   * @param {readonly Shown[]} shown
   */
  function movable(shown) {
    let [from, to] = [0, 1]

    /** @param {number} low @param {number} width */
    function see(low, width) {
      const wide = Math.min(1, Math.max(LEAST, width))
      from = Math.min(1 - wide, Math.max(0, low))
      to = from + wide
      for (const { look, view } of shown)
        view.signal('domain', [valueAt(look, from), valueAt(look, to)]).runAsync()
    }

    return {
      /** @param {number} factor @param {number} at the share of the view that stays where it is */
      zoom(factor, at) {
        see(from + at * (to - from) * (1 - factor), (to - from) * factor)
      },
      /** @param {number} share of the view */
      shift(share) {
        see(from + share * (to - from), to - from)
      },
      whole() {
        see(0, 1)
      },
    }
  }

  /** @typedef {ReturnType<typeof movable>} Movable */

  /** What the buttons do. @type {Record<string, (axis: Movable) => void>} */
  const MOVES = {
    in: (axis) => axis.zoom(0.5, 0.5),
    out: (axis) => axis.zoom(2, 0.5),
    left: (axis) => axis.shift(-0.25),
    right: (axis) => axis.shift(0.25),
    whole: (axis) => axis.whole(),
  }

  /**
   * A drag moves the axis, the wheel with Ctrl zooms it; a plain wheel is left to the page.
   * @param {Shown} chart @param {Movable} axis
   */
  function follow({ look, box }, axis) {
    const [left, right] = look.range
    const scale = () => Math.min(1, box.clientWidth / look.spec.width)
    box.addEventListener('pointermove', (event) => {
      if (event.buttons === 1) axis.shift(-event.movementX / ((right - left) * scale()))
    })
    box.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        const x = (event.clientX - box.getBoundingClientRect().left) / scale()
        axis.zoom(event.deltaY > 0 ? 1.25 : 0.8, Math.min(1, Math.max(0, (x - left) / (right - left))))
      },
      { passive: false },
    )
  }

  /**
   * Draws the look into a chart, with its heading where a figure has several.
   * @param {SVGElement} svg the chart as it was drawn
   * @param {HTMLElement} stage
   * @returns {Promise<Shown>}
   */
  async function draw(svg, stage) {
    const title = svg.querySelector('title')
    const id = title?.id.replace(/-t$/, '') ?? ''
    await load(`charts/${id}.look.js`)
    const look = /** @type {Look} */ (looks.get(id))
    const box = document.createElement('div')
    box.className = 'look-chart'
    box.setAttribute('role', 'img')
    box.setAttribute('aria-label', title?.textContent ?? id)
    const place = document.createElement('div')
    const heading = svg.closest('li')?.querySelector('h4')?.cloneNode(true)
    place.append(...(heading ? [heading] : []), box)
    const { View, parse, expressionInterpreter } = /** @type {any} */ (globalThis).vega
    const view = new View(parse(look.spec, null, { ast: true }), {
      expr: expressionInterpreter,
      renderer: 'svg',
      container: box,
      tooltip: () => {},
    })
    await view.runAsync()
    box.querySelector('svg')?.setAttribute('aria-hidden', 'true')
    stage.append(place)
    return { look, view, box }
  }

  /** Puts a button under a figure, and the panel that it opens. @param {HTMLElement} figure @param {DocumentFragment} parts */
  function offer(figure, parts) {
    const find = (/** @type {string} */ selector) =>
      /** @type {HTMLElement} */ (parts.querySelector(selector))
    const [opener, panel, tools] = [find('.look-open'), find('.look'), find('.look-tools')]
    const [stage, says, name] = [find('.look-stage'), find('.look-says'), find('.look-open .vh')]
    const hint = says.textContent ?? ''
    name.textContent = `: ${figure.querySelector('h3')?.textContent ?? ''}`
    if (figure.querySelector('.panels')) stage.classList.add('panels')
    /** @type {Shown[]} */
    const shown = []
    const axis = movable(shown)

    async function open() {
      panel.hidden = false
      says.textContent = hint
      opener.setAttribute('aria-expanded', 'true')
      opener.setAttribute('aria-busy', 'true')
      /** @type {SVGElement[]} */
      const drawn = [...figure.querySelectorAll('svg.chart')].filter((svg) => svg instanceof SVGElement)
      try {
        await load(new URL('vendor/vega.js', home).href)
        for (const svg of drawn.filter((each) => each.getClientRects().length > 0)) {
          const chart = await draw(svg, stage)
          shown.push(chart)
          follow(chart, axis)
          const tell = (/** @type {unknown} */ _, /** @type {any} */ item) => {
            says.textContent = told(item?.datum, chart.look.units) || hint
          }
          for (const type of ['pointermove', 'pointerdown']) chart.view.addEventListener(type, tell)
        }
      } catch {
        says.textContent = says.dataset.failed ?? ''
      }
      tools.hidden = shown.length === 0
      opener.removeAttribute('aria-busy')
    }

    function close() {
      axis.whole()
      for (const { view } of shown.splice(0)) view.finalize()
      stage.replaceChildren()
      panel.hidden = true
      opener.setAttribute('aria-expanded', 'false')
    }

    opener.addEventListener('click', () => {
      if (opener.hasAttribute('aria-busy')) return
      if (panel.hidden) open()
      else close()
    })
    tools.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null
      if (button) MOVES[button.value](axis)
    })
    figure.querySelector('details')?.before(opener, panel)
  }

  const parts = document.getElementById('look')
  if (parts instanceof HTMLTemplateElement) {
    for (const caption of document.querySelectorAll('figcaption[data-look]')) {
      const figure = /** @type {HTMLElement} */ (caption.parentElement)
      offer(figure, /** @type {DocumentFragment} */ (parts.content.cloneNode(true)))
    }
  }
})()
