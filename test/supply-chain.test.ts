import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { suite } from './suite.ts'

/*
 * What a user of the package installs, held against sbom.cdx.json, which a review sees: a dependency that brings
 * others, an installation that runs a script, and a version that is not exact do not come in unnoticed.
 */

const test = suite('supply chain')

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface Locked {
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
}

interface Bom {
  readonly components: readonly {
    readonly name: string
    readonly version: string
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  }[]
}

/** Licences under which everybody may use, change and pass on what they get, in the spelling of SPDX. */
const LICENCES = ['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0', 'PSF-2.0', 'Unlicense']

const REMEDY = 'run `node tools/sbom.mjs`, and say in the commit what it is for'

/** What is wrong with a dependency tree, a line each. */
function faultsOf(manifest: Manifest, packages: Readonly<Record<string, Locked>>, bom: Bom): string[] {
  const installed = Object.entries(packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, locked]) => ({ name: place.replace(/^.*node_modules\//, ''), ...locked }))
  const listed = bom.components.map(({ name, version, hashes = [] }) =>
    [name, version, ...hashes.map(({ alg, content }) => `${alg}:${content}`)].join(' '),
  )
  const grown = installed.map(({ name, version, integrity }) => `${name} ${version} ${hashOf(integrity)}`)
  return [
    ...grown.filter((one) => !listed.includes(one)).map((one) => `not in sbom.cdx.json: ${one}; ${REMEDY}`),
    ...listed.filter((one) => !grown.includes(one)).map((one) => `no longer installed: ${one}; ${REMEDY}`),
    ...installed.flatMap((one) => (one.hasInstallScript ? [`${one.name} runs a script when installed`] : [])),
    ...installed.flatMap(({ name, license = 'none' }) =>
      LICENCES.includes(license) ? [] : [`${name} has the licence ${license}`],
    ),
    ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(([name, version]) =>
      /^\d+\.\d+\.\d+$/.test(version) ? [] : [`${name} is not pinned: ${version}`],
    ),
  ]
}

/** As CycloneDX writes what a lockfile calls `sha512-…`. */
function hashOf(integrity = ''): string {
  const [, algorithm = '', hash = ''] = /^sha(\d+)-(.+)$/.exec(integrity) ?? []
  return `SHA-${algorithm}:${Buffer.from(hash, 'base64').toString('hex')}`
}

const manifest = readJson<Manifest>('package.json')
const { packages } = readJson<{ packages: Record<string, Locked> }>('package-lock.json')
const bom = readJson<Bom>('sbom.cdx.json')

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
}

test('what a user installs is what the bill of materials says, and runs nothing when installed', () => {
  assert.equal(faultsOf(manifest, packages, bom), [])
})

test('each fault is found', () => {
  const locked = { version: '1.0.0', license: 'MIT', integrity: 'sha512-AAAA' }
  const tree = (more: Partial<Locked>) => ({
    ...packages,
    'node_modules/vega/node_modules/new': { ...locked, ...more },
  })
  const found = (more: Partial<Locked>) => faultsOf(manifest, tree(more), bom).join('\n')
  assert.match(found({}), 'not in sbom.cdx.json: new 1.0.0 SHA-512:000000')
  assert.match(found({ hasInstallScript: true }), 'new runs a script when installed')
  assert.match(found({ license: 'SSPL-1.0' }), 'new has the licence SSPL-1.0')
  assert.is(found({ dev: true }), '')

  const { 'node_modules/yaml': _, ...fewer } = packages
  assert.match(faultsOf(manifest, fewer, bom).join('\n'), 'no longer installed: yaml')
  const loose = { ...manifest, dependencies: { ...manifest.dependencies, yaml: '^2.9.1' } }
  assert.equal(faultsOf(loose, packages, bom), ['yaml is not pinned: ^2.9.1'])
})

test.run()
