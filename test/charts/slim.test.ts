/** Fewer bytes, and the same picture. */
import * as assert from 'uvu/assert'
import { slim } from '../../src/report/slim.ts'
import { suite } from '../suite.ts'

const test = suite('slim')

function line(x: number, y: number, dx: number, dy: number, look = 'stroke="var(--grid)"'): string {
  return `<line transform="translate(${x},${y})" x2="${dx}" y2="${dy}" ${look}/>`
}

test('lines of one look become one path, each drawn from where the one before ended', () => {
  assert.is(
    slim(line(10, 20, 0, 5) + line(10, 40, 0, 5) + line(7.25, 3, -2, 0) + line(0, 0, 3, 4)),
    '<path d="M10,20v5m0,15v5m-2.7,-42h-2m-5.3,-3l3,4" stroke="var(--grid)"/>',
  )
})

test('lines of another look stay apart, and so do lines with something between them', () => {
  const [grid, rule] = [line(1, 2, 3, 0), line(1, 2, 3, 0, 'stroke="var(--rule)"')]
  assert.is(slim(grid + rule).match(/<path/g)?.length, 2)
  assert.is(slim(`${grid}<text x="1" y="2">a</text>${grid}`).match(/<path/g)?.length, 2)
})

test('a circle is called one', () => {
  const disc = '<path transform="translate(4,5)" d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="none"/>'
  assert.is(slim(disc), '<circle cx="4" cy="5" r="2" fill="none"/>')
  const other = disc.replace('A2,2,0,1,1,-2', 'A2,3,0,1,1,-2')
  assert.is(slim(other), other)
})

test('what is said by default goes, and what differs from it stays', () => {
  assert.is(
    slim(
      '<text text-anchor="start" transform="translate(0,12.34)" font-weight="400" stroke-width="1">a</text>',
    ),
    '<text x="0" y="12.3">a</text>',
  )
  const kept = '<text text-anchor="end" x="1" y="2" font-weight="600" stroke-width="1.5">a</text>'
  assert.is(slim(kept), kept)
})

test('what cannot be seen goes', () => {
  assert.is(slim('<g><path d="M0,0h328v975h-328Z"/></g><g class="x"><g></g></g>'), '')
  assert.is(slim('<g><g class="role-axis-label"/></g><text>a</text>'), '<text>a</text>')
})

test.run()
