// Makes templates/capture.sh: the script that measures in a guest, in one file to be copied there. It is the script of
// `plan` with a head of its own in place of the variables of a study (templates/guest/):
//
//     node tools/capture.mjs
//
// test/capture/script.test.ts compares.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const templates = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'templates')

/** The script. */
export function captureScript() {
  const parts = ['head', 'settings', 'words', 'facts', 'checks', 'runs', 'study', 'main']
  return parts.map((part) => readFileSync(path.join(templates, 'guest', `${part}.sh`), 'utf8')).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(path.join(templates, 'capture.sh'), captureScript())
