import * as fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Keep } from './model/keep.ts'
import type { DrawnFile, SiteFile, Templates } from './model/library.ts'
import type { Picture } from './model/picture.ts'
import { TEMPLATES_FOLDER } from './package.ts'
import { isDrawnFrom, sha256, withKey } from './png.ts'
import { prepared } from './prepared.ts'
import { CARD_WIDTH, cardSvg, lightColours } from './report/card.ts'
import { readFont } from './report/font.ts'
import { raster, type Studio, startRaster } from './report/raster.ts'

/*
 * The pictures of a site are drawn when it is written. Drawing takes longer than all the rest of a page, so what the
 * old site holds, or what was drawn when the program was compiled, is taken over where it was drawn from the same words
 * by the same program: each picture carries the hash of both. A picture that was changed by hand is drawn anew.
 */

/** Begins to load what draws, if there is no old site to take pictures from: it takes a fifth of a small build. */
export function expectPictures(oldSite: string | null): void {
  if (oldSite === null || !fs.existsSync(oldSite)) startRaster(readProgram())
}

/** Files of a site with every picture drawn. */
export type Draw = (files: ReadonlyMap<string, SiteFile>) => Promise<ReadonlyMap<string, DrawnFile>>

/** Makes ready to draw. `oldSite` is the folder that is going to be replaced, if any. */
export function openPictures(
  templates: Templates,
  oldSite: string | null,
  templatesFolder = TEMPLATES_FOLDER,
): Draw {
  const studio = openStudio(templatesFolder)
  const fonts = { sans: readFont(studio.sans), serif: readFont(studio.serif) }
  const colours = lightColours(templates.get('tokens.css') ?? '')
  const svgOf = (picture: Picture) =>
    'card' in picture ? cardSvg(picture.card, fonts, colours) : picture.svg
  const drawn = async (name: string, picture: Picture): Promise<Uint8Array> => {
    const svg = svgOf(picture)
    const width = 'card' in picture ? CARD_WIDTH : picture.width
    const key = sha256(svg, String(width), studio.hash)
    const old = oldSite === null ? null : readOld(path.join(oldSite, name))
    const ready = Buffer.from(
      prepared(placeOf(name), [], () => ''),
      'base64',
    )
    const same = [old, ready].find((found) => found !== null && isDrawnFrom(found, key))
    return same ?? withKey(await raster(svg, width, studio), key)
  }
  return async (files) => {
    const all = new Map<string, DrawnFile>()
    for (const [name, file] of files) {
      const isPicture = typeof file !== 'string' && 'picture' in file
      all.set(name, isPicture ? await drawn(name, file.picture) : file)
    }
    return all
  }
}

/** The files of a site with every picture drawn, at once. */
export function drawPictures(
  files: ReadonlyMap<string, SiteFile>,
  ...how: Parameters<typeof openPictures>
): ReturnType<Draw> {
  return openPictures(...how)(files)
}

/** Pictures of a site without studies, for `prepared`, which speaks JSON. */
export function keepPictures(drawn: ReadonlyMap<string, DrawnFile>, keep: Keep): void {
  for (const [name, file] of drawn) {
    if (file instanceof Uint8Array) keep(placeOf(name), [], () => Buffer.from(file).toString('base64'))
  }
}

function placeOf(name: string): string {
  return `picture ${name}`
}

function readOld(file: string): Uint8Array | null {
  try {
    return fs.readFileSync(file)
  } catch {
    return null // whatever keeps it from being read, it can be drawn
  }
}

/** The program and the fonts, read once a build. */
function openStudio(templates: string): Studio & { sans: Uint8Array; serif: Uint8Array; hash: string } {
  const font = (name: string) => fs.readFileSync(path.join(templates, 'fonts/pictures', name))
  const [sans, serif] = [font('SourceSans3-Regular.ttf'), font('SourceSerif4-Semibold.ttf')]
  const program = readProgram()
  return { program, fonts: [sans, serif], sans, serif, hash: sha256(program, sans, serif) }
}

function readProgram(): Uint8Array {
  return fs.readFileSync(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')))
}
