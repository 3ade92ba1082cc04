/*
 * SVG to PNG, by resvg compiled to WebAssembly: the same bytes on every machine. The only importer of resvg, which
 * is loaded when the first picture has to be drawn.
 */

/** What drawing needs from the disk: the program, and the only fonts that a text can be set in. */
export interface Studio {
  readonly program: Uint8Array
  readonly fonts: readonly Uint8Array[]
}

let started: Promise<unknown> | undefined

/** Begins to load the program, which the system does beside whatever else is done; raster tells how it went. */
export function startRaster(program: Uint8Array): void {
  started ??= import('@resvg/resvg-wasm').then(({ initWasm }) => initWasm(program))
  started.catch(() => {})
}

/** Draws an SVG at a width in pixels. Throws where it is not one: all of them are ours. */
export async function raster(svg: string, width: number, { program, fonts }: Studio): Promise<Uint8Array> {
  startRaster(program)
  await started
  const { Resvg } = await import('@resvg/resvg-wasm')
  const options = {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers: fonts, defaultFontFamily: 'Source Sans 3' },
  } as const
  const drawing = new Resvg(svg, options)
  const image = drawing.render()
  try {
    return image.asPng()
  } finally {
    image.free()
    drawing.free()
  }
}
