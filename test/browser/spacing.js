// Runs inside the page, as text: the text spacing that WCAG 2.2 (1.4.12) lets every reader ask for. A constructed style
// sheet, because the page's own policy forbids style elements, as it should.
;(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }
    svg * { letter-spacing: normal !important; word-spacing: normal !important }
  `)
  document.adoptedStyleSheets = [sheet]
})()
