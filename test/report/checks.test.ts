/** The pages of the checks print what the shelf says, number by number. */
import * as assert from 'uvu/assert'
import { calibration, checkFacts } from '../../src/analysis/checks/calibration.ts'
import { calibrationPage, checkView } from '../../src/report/checks.ts'
import type { MethodDocuments } from '../../src/report/pages.ts'
import { suite } from '../suite.ts'

const test = suite('the pages of the checks')

const material = { checks: checkFacts(), published: calibration() }

test('a rule that judges no cell has nothing to print', () => {
  assert.is(checkView('front-matter', material), null)
})

test('every example stands on the page of its rule, with what becomes of it', () => {
  for (const { rule, examples } of material.checks) {
    const view = checkView(rule, material)
    assert.is(view?.examples.length, examples.length)
    for (const { given } of view?.examples ?? []) assert.is.not(given, '')
  }
  const [first] = checkView('rewrite-ceiling', material)?.examples ?? []
  assert.is(first?.given, 'block write 18,075, rewrite 199,488, block read 937,880')
  assert.is(first?.becomes, 'not the disk')
})

test('a page says on which published rows its rule fires', () => {
  const words = (rule: string) => checkView(rule, material)?.calibration ?? ''
  assert.is(
    words('memory-signature'),
    'Of the 23 published rows it doubts a cell of eight: loopback under Xen, a KVM guest in a cloud, a SmartOS zone on ZFS, VirtualBox with a fixed image, virtual server one, virtual server two, virtual server three and OpenIndiana with ZFS.',
  )
  assert.match(words('rewrite-ceiling'), 'of five: ')
  assert.match(words('rewrite-ceiling'), 'it notes something on one: a container in KVM.')
  assert.match(words('drift'), 'On none of the 23 published rows')
  assert.match(words('single-run'), 'on each')
})

test('the page of the published rows has all of them, with the rules that tell them apart', () => {
  type View = { readonly rows: readonly { title: string; cells: string[]; doubts: { rule: string }[] }[] }
  let seen: View = { rows: [] }
  const page = calibrationPage(material as unknown as MethodDocuments, (_, view) => {
    seen = view as View
    return 'text'
  })
  assert.is(page.markdown, 'text')
  assert.is(seen.rows.length, 23)
  const [seed] = seen.rows
  assert.equal(seed?.cells, ['18,075 (3 %)', '199,488 (47 %)', '937,880 (86 %)', '+++++'])
  assert.ok(seed?.doubts.some(({ rule }) => rule === 'memory-signature'))
  assert.not(seed?.doubts.some(({ rule }) => rule === 'single-run'))
})

test.run()
