// Runs inside the page, as text, after a press of the Tab key: what has the focus, and what is wrong with how it shows.
;(async () => {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const element = document.activeElement
  if (!element || element === document.body) return undefined
  const name = `<${element.localName}> "${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}"`
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const faults = []
  const isRinged = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
  if (!isRinged && style.boxShadow === 'none') faults.push(`${name} has the focus but no ring`)
  const isInView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  if (!isInView || box.width < 1 || box.height < 1) faults.push(`${name} has the focus out of sight`)
  return { name, target: element.getAttribute('href'), faults }
})()
