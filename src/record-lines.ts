import type { Diagnostic } from './model/diagnostic.ts'
import type { Parsed, Run } from './model/run.ts'

/*
 * Records as `parse` prints them: one JSON object a line. So that they can stand for their file later, each carries
 * its number among the runs of the file and the problems noticed up to it, and the last one how many there are.
 */

/** A run as `parse` prints it. */
export interface RunRecord extends Run {
  /** number of the run in its file, from 1 */
  readonly nth: number
  /** how many there are; with the last only */
  readonly of?: number
  /** problems of the file that were noticed since the record before */
  readonly diagnostics?: readonly Diagnostic[]
}

/** Writes the records of one file, whose runs come in parts. The last run waits until it is known to be the last. */
export class RecordLines {
  #held: Run | null = null
  #nth = 0
  #diagnostics: Diagnostic[] = []

  /** The lines that a part of the file makes certain. */
  add({ runs, diagnostics }: Parsed): string[] {
    const lines: string[] = []
    for (const run of runs) {
      if (this.#held) lines.push(this.#line(this.#held, {}))
      this.#held = run
    }
    this.#diagnostics.push(...diagnostics)
    return lines
  }

  /** The last line; none if the file has no run. */
  end(): string[] {
    return this.#held ? [this.#line(this.#held, { of: this.#nth + 1 })] : []
  }

  #line(run: Run, last: { readonly of?: number }): string {
    this.#nth += 1
    const diagnostics = this.#diagnostics
    this.#diagnostics = []
    const more: Omit<RunRecord, keyof Run> = {
      nth: this.#nth,
      ...last,
      ...(diagnostics.length > 0 && { diagnostics }),
    }
    // not as one object, which would cost half as much again
    return `${JSON.stringify(run).slice(0, -1)},${JSON.stringify(more).slice(1)}`
  }
}
