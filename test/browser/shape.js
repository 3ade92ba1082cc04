// Runs inside the page, as text: where everything on it stands and whether it is seen, which no theme may change.
;(() =>
  [...document.querySelectorAll('*')]
    .map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return [x, y, width, height, element.checkVisibility({ visibilityProperty: true })].join(' ')
    })
    .join('\n'))()
