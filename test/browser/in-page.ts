/**
 * The scripts that run inside a page, as text. They are plain JavaScript: a compiled function would carry helpers of
 * the compiler that the page does not have.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

export const LAYOUT = textOf('contrast.js') + textOf('layout.js')
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const asking = (rules: unknown) =>
  `const RULES = ${JSON.stringify(rules)}\n${textOf('contrast.js')}${textOf('axe.js')}`
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
export const AXE_FAULTS = asking(LEVELS)
/** Of a page that stands as it stood when axe was asked for everything, and only has other colours. */
export const AXE_COLOR_FAULTS = asking({ type: 'rule', values: ['color-contrast', 'link-in-text-block'] })
export const SHAPE = textOf('shape.js')
export const SPACING = textOf('spacing.js')
export const BROKEN_WORDS = textOf('broken-words.js')
export const STRUCTURE = textOf('structure.js')
export const FOCUS = textOf('focus.js')
