import { errandOf } from '../errand.ts'
import { type Line, type Made, watch } from '../stamp.ts'
import type { Call, ExitCode, Written } from './command.ts'

/** Builds with `build`, and leaves a stamp by which the next one may find that it would change nothing. */
export async function remembered(
  call: Call,
  build: (call: Call, written: Written) => Promise<ExitCode>,
): Promise<ExitCode> {
  const errand = errandOf(call.operands, call.options, call.io.color)
  const watched = errand && watch(errand)
  const lines: Line[] = []
  let made: Made | null = null
  const code = await build({ ...call, io: recording(call.io, lines) }, (left) => {
    made = left
  })
  if (made && (code === 0 || code === 1)) watched?.keep(made, { code, lines })
  return code
}

/** The same world, which writes down what it is told. */
function recording(io: Call['io'], lines: Line[]): Call['io'] {
  const both = (stream: 'out' | 'err') => (line: string) => {
    lines.push([stream, line])
    io[stream](line)
  }
  return { ...io, out: both('out'), err: both('err') }
}
