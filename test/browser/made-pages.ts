/** Small pages made by code, on which one thing at a time can be wrong. */

export const STYLE = `
@font-face { font-family: 'Sans'; src: url(font.woff2); }
@font-face { font-family: 'Lost'; src: url(lost.woff2); }
:root { color-scheme: light dark; background: light-dark(#fff, #111); color: light-dark(#111, #eee) }
body { font-family: Sans, sans-serif; margin: 0 }
a:focus, summary:focus, section:focus { outline: 3px solid }
.moving { animation: 9s infinite fade }
@keyframes fade { to { opacity: 0.9 } }
figure { margin: 0 }
svg text { fill: light-dark(#111, #eee); font-size: 14px }
`

export const TEXT = '<text x="10" y="20">writes</text><text x="10" y="50">reads</text>'

export function chart(inside: string, attributes = ''): string {
  return `<svg class="chart" role="img" aria-labelledby="t" width="300" height="60" ${attributes}>${inside}</svg>`
}

export const NAMED = '<title id="t">Writes</title><desc>blktap writes faster</desc>'

export function page(body: string, head = ''): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src *">
<link rel="stylesheet" href="style.css">${head}</head>
<body><a href="#main">Skip to the text</a><header><nav aria-label="Site"><a href="#main">Text</a></nav></header>
<main id="main" tabindex="-1"><h1>A page</h1>${body}</main><footer>The end</footer></body></html>`
}

/** A figure with a chart and, below it, its table. */
export function figure(drawn: string, cell: string, heading = '<h2>Writes</h2>'): string {
  return `<figure class="fig"><figcaption>${heading}<p class="sub">MB/s from zero</p></figcaption>${chart(`${NAMED}<text x="10" y="20">${drawn}</text>`)}
<details><summary>Numbers</summary><table><caption>Writes</caption><thead><tr><th scope="col">Test</th><th scope="col">Rate</th></tr></thead>
<tbody><tr><th scope="row">Write</th><td style="text-align: right">${cell}</td></tr></tbody></table></details></figure>`
}

export const WIDE = '<div style="width: 900px">wider than a phone</div>'

export function scrolled(style: string): string {
  return `<section tabindex="0" aria-label="Wide" style="overflow-x: auto; width: 200px">
<div style="width: 900px"><span style="margin-left: 150px; ${style}">rather far away</span></div></section>`
}
