// The licences of packages that a bundle of ours holds, as one text.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The packages that a bundle took from node_modules/, by its `metafile`; `root` is the project's folder. */
export function packagesIn({ inputs }, root) {
  const folders = Object.keys(inputs).flatMap((file) => packageFolder(file) ?? [])
  return [...new Set(folders)].sort().map((folder) => readPackage(path.join(root, folder)))
}

function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`
  return { name, version, text }
}

/** Each licence once, under the packages that come with it; `what` names the bundle. */
export function licences(packages, what) {
  const byText = new Map()
  for (const one of packages) byText.set(one.text, [...(byText.get(one.text) ?? []), one])
  const rule = '-'.repeat(78)
  const parts = [...byText].map(([text, own]) => {
    return `${own.map(({ name, version }) => `${name} ${version}`).join(', ')}\n\n${text}\n`
  })
  return `The licences of what is in ${what}.\n\n${rule}\n${parts.join(`\n${rule}\n`)}`
}
