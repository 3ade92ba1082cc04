// Runs inside the page, as text. It returns a sentence for each short word of a table that was broken in two where the
// table has room: a long name may break, and so may the headings of a table of many columns.
;(() => {
  const LONGEST_SHORT = 12
  const MANY_COLUMNS = 10

  function* wordsOf(cell) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const { 0: word, index } of node.data.matchAll(/[\p{Script=Latin}\d]+/gu)) {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        yield { word, lines: new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size }
      }
  }

  const narrow = [...document.querySelectorAll('table')].filter(
    (table) => !table.querySelector(`th:nth-child(${MANY_COLUMNS})`),
  )
  return narrow
    .flatMap((table) => [...table.querySelectorAll('thead th, td.r, td:not(:has(a, code))')])
    .flatMap((cell) => [...wordsOf(cell)])
    .filter(({ word, lines }) => lines > 1 && word.length <= LONGEST_SHORT)
    .map(({ word }) => `breaks the word "${word}" in a table`)
})()
