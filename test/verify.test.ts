/** A manifest tells what a site was made of, and verify finds whatever is not so. */
import fs from 'node:fs'
import path from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../src/commands/run.ts'
import { hashOf } from '../src/decode.ts'
import { readVersion } from '../src/package.ts'
import { MANIFEST, type Manifest, manifestText, readManifest } from '../src/publish/manifest.ts'
import { makeWorkplace, recorder } from './program.ts'
import { suite } from './suite.ts'
import { filesBelow } from './tree.ts'

const workplace = makeWorkplace()
const RESULTS = path.join(workplace, 'inputs/two-logs')
const SITE = path.join(workplace, 'site')
const at = (name: string) => path.join(SITE, name)

const built = recorder()
await run(['build', RESULTS, '-o', SITE, '--site-url', 'https://x.example/b'], built.io)

const manifest = () => {
  const read = readManifest(fs.readFileSync(at(MANIFEST), 'utf8'))
  if (typeof read === 'string') throw new Error(read)
  return read
}

async function verify(results = RESULTS, ...more: string[]) {
  const { io, out, err } = recorder()
  const code = await run(['verify', SITE, results, ...more], io)
  const text = [...out, ...err].join('\n').replaceAll(workplace, '')
  return { code, text }
}

/** Does something to files of the site or of the results, and puts them back afterwards. */
async function meanwhile(files: Readonly<Record<string, string | null>>, act: () => Promise<void>) {
  const kept = Object.keys(files).map(
    (file) => [file, fs.existsSync(file) ? fs.readFileSync(file) : null] as const,
  )
  const set = (file: string, bytes: string | Uint8Array | null) =>
    bytes === null ? fs.rmSync(file) : fs.writeFileSync(file, bytes)
  try {
    for (const [file, bytes] of Object.entries(files)) set(file, bytes)
    await act()
  } finally {
    for (const [file, bytes] of kept) if (bytes !== null || fs.existsSync(file)) set(file, bytes)
  }
}

const test = suite('manifest and verify')

test('the manifest lists every input and every other file of the site, with its hash', () => {
  const { program, siteUrl, inputs, outputs } = manifest()
  assert.equal([program, siteUrl], [{ name: 'bonnie-report', version: readVersion() }, 'https://x.example/b'])
  const hashes = (folder: string) =>
    filesBelow(folder)
      .filter((name) => name !== MANIFEST)
      .map((name) => ({ sha256: hashOf(fs.readFileSync(path.join(folder, name))).sha256, path: name }))
  const bare = (files: Manifest['inputs']) => files.map(({ sha256, path }) => ({ sha256, path }))
  assert.equal(bare(inputs), hashes(RESULTS))
  assert.equal(bare(outputs), hashes(SITE))
  for (const { path: name, bytes } of outputs) assert.is(bytes, fs.statSync(at(name)).size)
})

test('it is what it was read from, one line a file', () => {
  const text = fs.readFileSync(at(MANIFEST), 'utf8')
  assert.is(manifestText(manifest()), text)
  assert.ok(text.split('\n').length > manifest().outputs.length)
  const empty: Manifest = { schema: 1, program: { name: 'a', version: '1' }, inputs: [], outputs: [] }
  assert.equal(readManifest(manifestText(empty)), empty)
})

test('nothing in a manifest leads out of its folder', () => {
  const file = { bytes: 1, sha256: '0'.repeat(64) }
  for (const name of ['../x', '/x', 'a/../../x', 'a//b', './a', '', '.', 'a/', 'a\0b', 7]) {
    const text = JSON.stringify({ ...manifest(), outputs: [{ ...file, path: name }] })
    assert.match(String(readManifest(text)), 'This is no file of a site', JSON.stringify(name))
  }
  for (const text of ['', '[]', 'null', '{"schema":2}', '{"schema":1}', '{"schema":1,"program":{}}'])
    assert.type(readManifest(text), 'string', text)
})

test('a site that is what the results give is fine', async () => {
  assert.equal(await verify(), {
    code: 0,
    text: `/site: ${manifest().outputs.length + 1} files, each as the results give it.`,
  })
})

test('files that were changed, lost and added are named', async () => {
  const changed = fs.readFileSync(at('index.html'), 'utf8').replace('</title>', '!</title>')
  const files = { [at('index.html')]: changed, [at('card.png')]: null, [at('evil.html')]: '' }
  await meanwhile(files, async () => {
    const { code, text } = await verify()
    assert.is(code, 1)
    assert.match(text, '/site/index.html:1:1: error: This file is not the one that was built. [site-file]')
    assert.match(text, '/site/card.png:1:1: error: This file was built and is gone. [site-file]')
    assert.match(
      text,
      "  Build it: bonnie-report build /inputs/two-logs -o /site --site-url 'https://x.example/b'\n",
    )
    assert.match(text, '/site/evil.html:1:1: warning: No build wrote this file. [foreign-file]')
    assert.match(text, '/site is not what the results give: 3 problems.')
  })
})

test('what somebody put there is named, and is no fault unless that is wanted', async () => {
  await meanwhile({ [at('CNAME')]: 'x.example' }, async () => {
    const { code, text } = await verify()
    assert.is(code, 0)
    assert.match(text, '/site/CNAME:1:1: warning: No build wrote this file. [foreign-file]')
    assert.match(text, /files, each as the results give it\.$/)
    assert.is((await verify(RESULTS, '--strict')).code, 1)
    assert.equal(await verify(RESULTS, '-q'), { code: 0, text: '' })
    // whatever else is wrong is still found
    const { outputs, ...rest } = manifest()
    await meanwhile(
      { [at(MANIFEST)]: manifestText({ ...rest, outputs: outputs.toReversed() }) },
      async () => {
        const forged = await verify()
        assert.is(forged.code, 1)
        assert.match(forged.text, 'This is not the manifest that a build writes. [site-file]')
      },
    )
  })
})

test('a build says what it keeps and what it replaces of files that no build wrote', async () => {
  const { outputs, ...rest } = manifest()
  const without = manifestText({ ...rest, outputs: outputs.filter((file) => file.path !== '404.html') })
  await meanwhile({ [at('CNAME')]: 'x', [at('404.html')]: 'mine', [at(MANIFEST)]: without }, async () => {
    const { io, err } = recorder()
    await run(['build', RESULTS, '-o', SITE, '--site-url', 'https://x.example/b'], io)
    const text = err.join('\n').replaceAll(workplace, '')
    assert.match(text, '/site/404.html was from no build and is replaced.')
    assert.match(text, 'Kept in /site, though from no build: CNAME.')
    assert.match((await verify()).text, '/site/CNAME:1:1: warning: No build wrote this file.')
  })
})

test('a link in the place of a file is no file', async () => {
  const elsewhere = path.join(workplace, 'elsewhere')
  fs.renameSync(at('style.css'), elsewhere)
  fs.symlinkSync(elsewhere, at('style.css'))
  try {
    assert.match(
      (await verify()).text,
      '/site/style.css:1:1: error: This file is not the one that was built.',
    )
  } finally {
    fs.rmSync(at('style.css'))
    fs.renameSync(elsewhere, at('style.css'))
  }
})

test('results that changed are named, and so is each page that they change, where it begins to differ', async () => {
  const log = path.join(RESULTS, 'loopback-1.txt')
  const files = { [log]: `${fs.readFileSync(log, 'utf8')}\n`, [path.join(RESULTS, 'lvm-1.txt')]: 'nothing' }
  await meanwhile(files, async () => {
    const { code, text } = await verify()
    assert.is(code, 1)
    assert.match(text, '/loopback-1.txt:1:1: error: This file changed since the site was built. [stale-site]')
    assert.match(text, '/lvm-1.txt:1:1: error: This file is new since the site was built. [stale-site]')
    assert.match(
      text,
      /\/site\/main\/report\.json:\d+:\d\d+: error: A build of today would write other bytes here\./,
    )
    assert.match(
      text,
      /\/site\/main\/raw\/\S*:1:1: error: A build of today would write this file, which is not there\./,
    )
  })
})

test('a manifest of another version is said to be one', async () => {
  const older = manifestText({ ...manifest(), program: { name: 'bonnie-report', version: '0.0.1' } })
  await meanwhile({ [at(MANIFEST)]: older }, async () => {
    const { code, text } = await verify()
    assert.is(code, 1)
    assert.match(text, 'error: The site was built by bonnie-report 0.0.1; this is bonnie-report')
  })
})

test('a file changed together with its line in the manifest is found by the build in memory', async () => {
  const forged = '<p>forged'
  const { outputs, ...rest } = manifest()
  const lines = outputs.map((each) =>
    each.path === '404.html' ? { ...each, ...hashOf(Buffer.from(forged)) } : each,
  )
  const files = { [at('404.html')]: forged, [at(MANIFEST)]: manifestText({ ...rest, outputs: lines }) }
  await meanwhile(files, async () => {
    const { code, text } = await verify()
    assert.equal([code, text.split('\n').length], [1, 3])
    assert.match(
      text,
      /\/site\/404\.html:1:\d+: error: A build of today would write other bytes here\. \[stale-site\]/,
    )
  })
})

test('a manifest that was changed, damaged or lost is a problem', async () => {
  const text = fs.readFileSync(at(MANIFEST), 'utf8')
  await meanwhile({ [at(MANIFEST)]: `${text}\n` }, async () => {
    assert.match((await verify()).text, 'This is not the manifest that a build writes. [site-file]')
  })
  for (const damaged of [text.slice(0, -10), text.replace('404.html', '../404.html'), null]) {
    await meanwhile({ [at(MANIFEST)]: damaged }, async () => {
      const { code, text: told } = await verify()
      assert.is(code, 1)
      assert.match(
        told,
        /manifest\.json:1:1: error: (This is not JSON|This is no file of a site|There is no manifest)/,
      )
    })
  }
})

test('problems are told to programs too', async () => {
  await meanwhile({ [at('card.png')]: null }, async () => {
    const { code, text } = await verify(RESULTS, '--format', 'json')
    const { ok, problems } = JSON.parse(text)
    assert.equal([code, ok, problems.length, problems[0].rule], [1, false, 1, 'site-file'])
  })
})

test('where there is no site or there are no results, nothing can be said', async () => {
  const { io, err } = recorder()
  assert.is(await run(['verify', path.join(workplace, 'nowhere')], io), 2)
  assert.match(
    err.join('\n'),
    /There is no site at .*nowhere\.\n {2}Build it: bonnie-report build -o \S*nowhere$/,
  )
  assert.is((await verify(path.join(workplace, 'inputs/nothing'))).code, 2)
})

test.run()
