// Runs inside the page, as text, after layout.js has opened every <details>: a sentence for each thing that the order of
// a page lacks. axe sees most of it; this is what it does not ask for, and what it cannot see in a chart.
;(() => {
  const faults = []
  const quote = (text) => `"${text.trim().replace(/\s+/g, ' ').slice(0, 60)}"`
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const NUMBER = /\d[\d,.]*\d|\d/g
  const NUMBER_CELL = /^[\d,.]+(\s?(×|%|MB\/s|s|ms|µs))?$/

  const heads = all('h1').length
  if (heads !== 1) faults.push(`has ${heads} headings of the first level`)
  for (const landmark of ['body > header', 'main', 'body > footer', 'nav']) {
    if (!document.querySelector(landmark)) faults.push(`has no ${landmark}`)
  }
  const names = all('nav').map(
    (nav) =>
      nav.getAttribute('aria-label') ??
      document.getElementById(nav.getAttribute('aria-labelledby'))?.textContent,
  )
  if (names.some((name) => !name) || new Set(names).size < names.length)
    faults.push('has a nav without a name of its own')
  if (!document.querySelector('meta[name=color-scheme][content*=dark]'))
    faults.push('does not say that it has a dark theme')

  for (const figure of all('figure.fig')) {
    const title = figure.querySelector('figcaption :is(h2, h3, h4)')?.textContent ?? ''
    const name = `the figure ${quote(title || figure.id)}`
    if (title.trim() === '') faults.push(`${name} has no heading`)
    if (!figure.querySelector('figcaption .sub')?.textContent.trim())
      faults.push(`${name} does not say what it shows`)
    const charts = all('svg.chart', figure)
    if (charts.length === 0) continue
    const table = figure.querySelector('details table')
    if (!table) faults.push(`${name} has no table of its numbers`)
    const words = [...all('th, td, caption', table ?? figure), figure.querySelector('figcaption')]
    const known = new Set(words.flatMap((part) => part?.textContent.match(NUMBER) ?? []))
    const drawn = charts.flatMap((svg) => all('text', svg)).filter((text) => !text.closest('.ticks'))
    const lost = drawn
      .flatMap((text) => text.textContent.match(NUMBER) ?? [])
      .filter((number) => !known.has(number))
    if (lost.length > 0)
      faults.push(`${name} draws ${[...new Set(lost)].join(' and ')}, which its table does not have`)
  }

  for (const table of all('table')) {
    const name = `the table ${quote(table.textContent)}`
    const label = table.caption?.textContent ?? table.closest('[aria-label]')?.getAttribute('aria-label')
    if (!label?.trim()) faults.push(`${name} has no name`)
    if (all('th:not([scope])', table).length > 0) faults.push(`${name} has a heading without scope`)
    const rows = all('tbody tr', table).map((row) => [...row.cells])
    for (const column of rows[0]?.keys() ?? []) {
      const cells = rows.map((row) => row[column]).filter((cell) => cell?.localName === 'td')
      // a cell that became a line of a list stands behind the name of its column
      if (cells.some((cell) => getComputedStyle(cell).display !== 'table-cell')) continue
      const isNumbers = cells.length > 0 && cells.every((cell) => NUMBER_CELL.test(cell.textContent.trim()))
      if (isNumbers && cells.some((cell) => !/^(right|end)$/.test(getComputedStyle(cell).textAlign)))
        faults.push(`${name} has numbers on the left: ${quote(cells[0].textContent)}`)
    }
  }

  const bare = all('article :is(td, th, p, li, dd)').filter(
    (one) => /\+{5}/.test(one.textContent) && !one.querySelector('code, li, p') && !one.closest('pre'),
  )
  for (const one of bare.filter(
    (each) =>
      !/too fast|quick|ended|printed|timed|soon/.test(
        each.textContent + (each.closest('table')?.textContent ?? ''),
      ),
  ))
    faults.push(`${quote(one.textContent)} does not say what +++++ is`)
  return faults
})()
