'use strict'

/*
 * Served by `bonnie-report dev` with each page, and part of no site. Loads the page again when the site was built anew,
 * which keeps the place that was scrolled to, and shows what is wrong with the results.
 */

{
  const build = document.currentScript?.dataset.build
  /** @type {EventSource | null} */
  let news = null

  /** A browser keeps few connections to one server: a page that nobody sees gives its own back. */
  const listen = () => {
    news?.close()
    news = document.hidden ? null : new EventSource('/.dev/news')
    news?.addEventListener('message', ({ data }) => {
      const state = JSON.parse(data)
      if (state.build !== build) location.reload()
      else show(state.problems)
    })
  }

  /** @param {string} problems as the terminal shows them */
  const show = (problems) => {
    document.getElementById('dev-problems')?.remove()
    if (problems === '') return
    const box = document.createElement('section')
    box.id = 'dev-problems'
    box.setAttribute('role', 'alert')
    const text = document.createElement('pre')
    text.textContent = problems
    const close = document.createElement('button')
    close.textContent = 'Hide'
    close.addEventListener('click', () => box.remove())
    box.append(close, text)
    dress(box, text, close)
    document.body.append(box)
  }

  /**
   * @param {HTMLElement} box
   * @param {HTMLElement} text
   * @param {HTMLElement} close
   */
  const dress = (box, text, close) => {
    Object.assign(box.style, {
      position: 'fixed',
      inset: 'auto 0 0 0',
      zIndex: '10',
      maxHeight: '50vh',
      overflow: 'auto',
      padding: '12px 16px',
      background: '#2b1111',
      color: '#fff',
      borderTop: '3px solid #e5484d',
    })
    Object.assign(text.style, {
      margin: '0',
      padding: '0',
      border: 'none',
      width: 'auto',
      minWidth: '0',
      overflowWrap: 'anywhere',
      font: '14px/1.5 ui-monospace, monospace',
      whiteSpace: 'pre-wrap',
      background: 'none',
      color: 'inherit',
    })
    Object.assign(close.style, { float: 'right', marginLeft: '16px' })
  }

  document.addEventListener('visibilitychange', listen)
  listen()
}
