/** The site of the made-up study, in a folder that is gone after the test. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { weighedStudy } from '../weighed-study.ts'

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url))

export interface Written {
  readonly folder: string
  readonly remove: () => void
}

/** What is copied from results is left out: no test here asks for it. */
export async function writeWeighedSite(): Promise<Written> {
  const folder = mkdtempSync(path.join(tmpdir(), 'weighed-'))
  const { files } = await weighedStudy()
  for (const [name, file] of files) {
    const place = path.join(folder, name)
    mkdirSync(path.dirname(place), { recursive: true })
    if (typeof file === 'string') writeFileSync(place, file)
    else if ('from' in file && file.from === 'templates') cpSync(path.join(TEMPLATES, file.copy), place)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
