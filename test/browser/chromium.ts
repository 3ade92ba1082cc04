/**
 * A Chromium for the tests and the gallery: the one named by CHROMIUM_PATH, else one on the PATH, else the one that
 * comes as a file in @sparticuz/chromium, so that `npm ci` is all that the browser tests need on Linux.
 *
 * The package could unpack its browser itself, but into the system's temporary folder under a fixed name, where two
 * runs that start together find each other's half-written file.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

const USUAL_NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

interface Binary {
  readonly executablePath: string
  /** What the packaged browser needs to find its libraries and fonts. */
  readonly env: Record<string, string>
}

/** Starts Chromium with a fresh profile. */
export async function launch(): Promise<Browser> {
  const { executablePath, env } = installed() ?? (await unpacked())
  return chromium.launch({ executablePath, env: { ...definedEnvironment(), ...env }, args: ARGUMENTS })
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

function installed(): Binary | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH names no program: ${named}`)
    return { executablePath: named, env: {} }
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const found = USUAL_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(
    isExecutable,
  )
  return found === undefined ? undefined : { executablePath: found, env: {} }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function unpacked(): Promise<Binary> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found: install one, or name its program in CHROMIUM_PATH')
  }
  const parcel = packageFolder()
  const { version } = JSON.parse(readFileSync(path.join(parcel, 'package.json'), 'utf8')) as {
    version: string
  }
  const home = path.join(parcel, '../../.cache/bonnie-report', `chromium-${version}`)
  if (!existsSync(home)) await unpack(path.join(parcel, 'bin'), home)
  const executablePath = path.join(home, 'chromium')
  return {
    executablePath,
    env: {
      FONTCONFIG_FILE: path.join(home, 'fonts.conf'),
      ...(lacksLibraries(executablePath) ? { LD_LIBRARY_PATH: path.join(home, 'lib') } : {}),
    },
  }
}

function packageFolder(): string {
  return path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium')))))
}

/** Unpacks beside the place and renames: whoever sees the folder sees all of it. */
async function unpack(parcels: string, home: string): Promise<void> {
  await mkdir(path.dirname(home), { recursive: true })
  const workshop = await mkdtemp(`${home}-`)
  await pipeline(
    createReadStream(path.join(parcels, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(path.join(workshop, 'chromium'), { mode: 0o755 }),
  )
  for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
    const input = brotliDecompressSync(await readFile(path.join(parcels, archive)))
    const tar = spawnSync('tar', ['-xf', '-', '--no-same-owner', '-C', workshop], { input })
    if (tar.status !== 0) throw new Error(`tar could not unpack ${archive}: ${tar.error ?? tar.stderr}`)
  }
  await writeFile(path.join(workshop, 'fonts.conf'), fontsConfiguration(path.join(home, 'fonts')))
  try {
    await rename(workshop, home)
  } catch (error) {
    // Somebody else was faster: theirs is as good as ours.
    await rm(workshop, { recursive: true })
    if (!existsSync(home)) throw error
  }
}

/** The fonts of the system as it is set up, plus one that comes along: without any font Chromium shows no text. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`
}

/** A bare system has no NSS. Where there is one it is used, since it fits the rest of the system. */
function lacksLibraries(executable: string): boolean {
  return spawnSync(executable, ['--version']).status !== 0
}
