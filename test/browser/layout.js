// Runs inside the page, as text: nothing here is imported, and nothing can be. It returns a list of sentences, one for
// each thing that a reader of the page would see go wrong in this width and theme, and opens every <details>.
// Before it stands contrast.js.
;(async () => {
  await document.fonts.ready
  const SMALLEST_CHART_TEXT = 11
  const LEAST_CONTRAST = 4.5
  const isShown = (element) =>
    element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true })
  const quote = (text) => `"${text.trim().replace(/\s+/g, ' ').slice(0, 60)}"`

  // ── the page ──

  function* sidewaysScroll(when) {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth === clientWidth) return
    yield `scrolls sideways ${when}: ${scrollWidth} px in ${clientWidth} px, because of ${widest(clientWidth)}`
  }

  function widest(clientWidth) {
    const reaching = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !clipped(element),
    )
    const last = reaching.at(-1)
    return last
      ? `<${last.localName} class="${last.getAttribute('class') ?? ''}"> ${quote(last.textContent)}`
      : 'a margin'
  }

  /** Inside something that scrolls by itself. */
  function clipped(element) {
    for (
      let parent = element.parentElement;
      parent && parent !== document.body;
      parent = parent.parentElement
    ) {
      if (getComputedStyle(parent).overflowX !== 'visible') return true
    }
    return false
  }

  function* doubleIds() {
    const seen = new Set()
    for (const { id } of document.querySelectorAll('[id]')) {
      if (seen.has(id)) yield `has the id ${quote(id)} twice`
      seen.add(id)
    }
  }

  function* missingFonts() {
    const bare = (family) => family.trim().replace(/^["']|["']$/g, '')
    const faces = [...document.fonts]
    for (const face of faces) if (face.status === 'error') yield `cannot load the font ${bare(face.family)}`
    const wanted = ['body', 'h1'].flatMap((selector) =>
      [...document.querySelectorAll(selector)].filter(isShown),
    )
    for (const family of new Set(
      wanted.map((element) => bare(getComputedStyle(element).fontFamily.split(',')[0])),
    )) {
      const isLoaded = faces.some((face) => bare(face.family) === family && face.status === 'loaded')
      if (!isLoaded) yield `shows its text without the font ${family}`
    }
  }

  // ── the charts ──

  function* chartFaults(svg) {
    const title = svg.querySelector(':scope > title')?.textContent.trim()
    const name = `chart ${quote(title || svg.id || 'without a name')}`
    if (!title) yield `${name} has no title`
    if (!svg.querySelector(':scope > desc')?.textContent.trim()) yield `${name} has no desc`
    if (!isShown(svg)) return
    const frame = svg.getBoundingClientRect()
    const texts = [...svg.querySelectorAll('text')]
      .filter(isShown)
      .map((element) => ({
        element,
        box: element.getBoundingClientRect(),
        words: quote(element.textContent),
      }))
      .filter(({ box }) => box.width > 0)
    for (const text of texts)
      for (const fault of textFaults(text, frame)) yield `${name}: the text ${text.words} ${fault}`
    for (const [one, other] of pairs(texts)) {
      if (overlap(one.box, other.box)) yield `${name}: the texts ${one.words} and ${other.words} overlap`
    }
  }

  function* textFaults({ element, box }, frame) {
    const beyond = Math.max(
      frame.left - box.left,
      box.right - frame.right,
      frame.top - box.top,
      box.bottom - frame.bottom,
    )
    if (beyond > 1) yield `sticks out of its svg by ${beyond.toFixed(1)} px`
    const size = Number.parseFloat(getComputedStyle(element).fontSize) * scaleOf(element)
    if (size < SMALLEST_CHART_TEXT - 0.05) yield `is ${size.toFixed(1)} px small`
    const contrast = contrastOf(element, 'fill')
    if (contrast < LEAST_CONTRAST) yield `has a contrast of ${contrast.toFixed(2)} to the page`
  }

  function scaleOf(element) {
    const matrix = element.getScreenCTM()
    return Math.hypot(matrix.a, matrix.b)
  }

  function* pairs(list) {
    for (const [index, one] of list.entries()) for (const other of list.slice(index + 1)) yield [one, other]
  }

  function overlap(a, b) {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    return width > 1 && height > 4
  }

  const faults = [...sidewaysScroll('with its details closed')]
  for (const details of document.querySelectorAll('details')) details.open = true
  faults.push(...sidewaysScroll('with its details open'), ...doubleIds(), ...missingFonts())
  for (const svg of document.querySelectorAll('svg.chart')) faults.push(...chartFaults(svg))
  return [...new Set(faults)]
})()
