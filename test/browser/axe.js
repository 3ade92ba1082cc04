// Runs inside the page, as text, after axe-core, contrast.js and RULES: a sentence for each thing axe objects to, or cannot
// decide. It cannot decide the contrast of any text in an SVG, which is measured for charts elsewhere, nor of what is
// scrolled out of sight in a box, lies in a table cell that spans rows, or is a single character: there the colours
// are compared here.
;(async () => {
  const LEAST_CONTRAST = 4.5
  const HIDDEN_FROM_AXE = [
    'bgOverlap',
    'elmPartiallyObscured',
    'elmPartiallyObscuring',
    'outsideViewport',
    'shortTextContent',
  ]
  const { violations, incomplete } = await axe.run(document, {
    runOnly: RULES,
    resultTypes: ['violations', 'incomplete'],
    elementRef: true,
  })

  function isDecidedElsewhere(rule, { element, any }) {
    if (rule.id !== 'color-contrast') return false
    if (element.closest('svg.chart, .look-chart')) return true
    const isHidden = any.every((check) => HIDDEN_FROM_AXE.includes(check.data?.messageKey))
    return isHidden && contrastOf(element, 'color') >= LEAST_CONTRAST
  }

  function say(verb, rule, { html, any, all, none }) {
    const why = [...any, ...all, ...none].map((check) => check.message).join('; ')
    return `axe ${verb} ${rule.id} (${rule.help}): ${html.replace(/\s+/g, ' ').slice(0, 160)}: ${why.slice(0, 240)}`
  }

  return [
    ...violations.flatMap((rule) => rule.nodes.map((node) => say('objects to', rule, node))),
    ...incomplete.flatMap((rule) =>
      rule.nodes
        .filter((node) => !isDecidedElsewhere(rule, node))
        .map((node) => say('cannot decide', rule, node)),
    ),
  ]
})()
