import type { Diagnostic } from '../model/diagnostic.ts'
import type { StudyText } from '../model/study.ts'
import { pictures } from './prose.ts'

/** Names below an article that the report needs for itself. */
const TAKEN = /^(?:index\.html|report\.md|report\.json|data\.csv|charts|raw)(?:\/|$)/

/** Whether a picture of the study can lie under its own name beside the article. */
export function isPublishable(path: string): boolean {
  return !TAKEN.test(path)
}

/** Pictures that the prose shows and that are not there, or cannot be published under their names. */
export function pictureFaults({ prose, proseLine }: StudyText, images: readonly string[]): Diagnostic[] {
  const taken = images
    .filter((path) => !isPublishable(path))
    .map((path): Diagnostic => {
      const message = `The picture ${path} cannot be published under this name, which the report uses itself.`
      const place = { file: path, line: 1, column: 1 }
      return {
        level: 'error',
        rule: 'picture',
        message,
        place,
        remedy: 'Move it into a folder such as pictures/.',
      }
    })
  const lost = pictures(prose, proseLine).flatMap(({ address, place }): Diagnostic[] => {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address) || images.includes(decoded(address))) return []
    const message = `There is no picture "${address}" in the folder of this study.`
    return [
      {
        level: 'error',
        rule: 'picture',
        message,
        place,
        remedy: 'Put a png, jpg, gif, webp or avif there, or correct the address.',
      },
    ]
  })
  return [...taken, ...lost]
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address).replace(/^\.\//, '')
  } catch {
    return address
  }
}
