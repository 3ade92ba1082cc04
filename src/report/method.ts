import { listed, sentenceCase } from '../model/format.ts'
import { metric } from '../model/metric.ts'
import { MEANINGS, type Meaning } from '../model/semantics.ts'
import { calibrationPage, checkView } from './checks.ts'
import { defectVersions, defectView, dialectList, dialectPages, versionWords } from './dialects.ts'
import { Verbatim } from './escape.ts'
import type { MethodDocuments, Render, TextPage } from './pages.ts'

/** method/: how results are judged, what is read, and a page for each test, dialect and rule. */
export function methodPages(documents: MethodDocuments, render: Render): [string, TextPage][] {
  const { weights, rulePages, defects } = documents
  const list = rulePages.map((r) => ({
    rule: r.rule,
    title: r.title,
    level: r.level,
    page: new Verbatim(`${r.rule}/index.md`),
  }))
  const isDefect = ({ rule }: { readonly rule: string }) => defects.some((defect) => defect.rule === rule)
  const overview: TextPage = {
    name: 'index',
    section: 'method',
    title: 'How results are judged',
    description:
      'Which numbers measured the disk, how backends are compared, and when a recommendation is given.',
    markdown: render('pages/method.md.njk', {
      weights,
      rules: list.filter((each) => !isDefect(each)),
      dialects: dialectList(documents),
      defects: defects.map((defect) => ({
        number: defect.rule.toUpperCase(),
        sentence: defect.sentence,
        versions: defectVersions(defect),
        page: new Verbatim(`${defect.rule}/index.md`),
      })),
    }),
  }
  const pages = rulePages.map((r): [string, TextPage] => [
    `method/${r.rule}/`,
    {
      name: 'index',
      section: 'method',
      title: r.title,
      description: `The rule ${r.rule}: what it means, an example, and what to do.`,
      markdown: render('pages/rule.md.njk', {
        rule: r.rule,
        title: r.title,
        level: r.level,
        defect: defectView(r.rule, defects),
        check: checkView(r.rule, documents),
        body: new Verbatim(r.body.trim()),
      }),
    },
  ])
  return [
    ['method/', overview],
    ['method/tests/', testsPage(render)],
    ['method/calibration/', calibrationPage(documents, render)],
    ...dialectPages(documents, render),
    ...pages,
  ]
}

/** What each test does in each version: where a row ends, numbers of the same name are not compared. */
function testsPage(render: Render): TextPage {
  const labels = [...new Set(MEANINGS.map(labelOf))]
  const groups = labels.map((label) => ({
    title: sentenceCase(label),
    rows: MEANINGS.filter((row) => labelOf(row) === label).map((row) => ({
      program: programOf(row),
      does: row.does,
    })),
  }))
  return {
    name: 'index',
    section: 'method',
    title: 'What each test does',
    description: 'What the tests of bonnie and bonnie++ do in each version, and which are comparable.',
    markdown: render('pages/tests.md.njk', { groups }),
  }
}

/** The tests of a row by their names; those of files by their family. */
function labelOf({ tests }: Meaning): string {
  const files = tests.every((id) => metric(id).family === 'files')
  return files ? 'file tests' : listed(tests.map((id) => metric(id).label))
}

function programOf({ program, from, below }: Meaning): string {
  return program === 'Bonnie'
    ? 'Bonnie, of each kind for itself'
    : `bonnie++ ${versionWords({ from, below })}`
}
