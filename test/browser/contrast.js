// Runs inside the page, as text, before layout.js and axe.js: WCAG 2.2's contrast ratio of a text to what is behind it.

/** Colours that were drawn before: a page has thousands of texts in a dozen of them. */
const drawnColors = new Map()

/** Any CSS colour as [red, green, blue, alpha], 0 to 255: whoever draws it knows it best. */
function toPixels(color) {
  const known = drawnColors.get(color)
  if (known) return known
  const pen = new OffscreenCanvas(1, 1).getContext('2d')
  pen.fillStyle = color
  pen.fillRect(0, 0, 1, 1)
  const pixels = [...pen.getImageData(0, 0, 1, 1).data]
  drawnColors.set(color, pixels)
  return pixels
}

/** `property` is what gives the text its colour: `fill` in an SVG, `color` elsewhere. */
// biome-ignore lint/correctness/noUnusedVariables: used by the scripts that follow
function contrastOf(text, property) {
  const style = getComputedStyle(text)
  const back = backdropOf(text)
  const [red, green, blue, alpha] = toPixels(style[property])
  let opacity = (alpha / 255) * (property === 'fill' ? Number(style.fillOpacity) : 1)
  for (let node = text; node; node = node.parentElement) opacity *= Number(getComputedStyle(node).opacity)
  const front = [red, green, blue].map((channel, index) => channel * opacity + back[index] * (1 - opacity))
  const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** The nearest opaque background behind an element; the canvas of the page at last. */
function backdropOf(element) {
  for (let node = element; node; node = node.parentElement) {
    const [red, green, blue, alpha] = toPixels(getComputedStyle(node).backgroundColor)
    if (alpha === 255) return [red, green, blue]
  }
  return toPixels('Canvas').slice(0, 3)
}

function luminance(channels) {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
