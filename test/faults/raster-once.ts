/** The raster of the warm program (warm.ts): what it has drawn it does not draw again. */
import { raster as draw } from '../../src/report/raster.ts'

export { startRaster } from '../../src/report/raster.ts'

const drawn = new Map<string, Promise<Uint8Array>>()

export const raster: typeof draw = (svg, width, studio) => {
  const key = `${width} ${svg}`
  const known = drawn.get(key) ?? draw(svg, width, studio)
  drawn.set(key, known)
  return known
}
