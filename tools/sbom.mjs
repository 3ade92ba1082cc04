// Writes sbom.cdx.json: what a user of the package installs, by name, version, licence and hash (CycloneDX 1.5).
//
// npm knows how to make it. What would differ from one run to the next is left out (serial number, time, version of
// npm), so that a change of the file is a change of the tree, and a review sees it. test/supply-chain.test.ts holds
// the file against the lockfile.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const DEVELOPMENT = 'cdx:npm:package:development'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const { name } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const command = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
const made = execFileSync('npm', command, {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
})

const { serialNumber: _, metadata, components, dependencies, ...rest } = JSON.parse(made)
// `--omit dev` would also drop what is needed by us and by a tool of ours
const shipped = components.filter(({ properties }) => !properties.some(({ name }) => name === DEVELOPMENT))
const refs = new Set([metadata.component['bom-ref'], ...shipped.map((one) => one['bom-ref'])])
const bom = {
  ...rest,
  // npm names the component after the folder that it stands in
  metadata: { component: { ...metadata.component, name } },
  components: shipped,
  dependencies: dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
}
writeFileSync(path.join(root, 'sbom.cdx.json'), `${JSON.stringify(bom, null, 1)}\n`)
