/** Whether the fields of a CSV row are what their layout says: by what they hold, and by their number. */
import { METRIC_IDS } from '../model/metric.ts'
import { CSV_DIALECTS, type CsvDialect, type Field } from './csv-dialects.ts'
import { readFiles, readSize } from './facts.ts'
import { readLatency } from './notation.ts'
import type { Token } from './token.ts'
import { isVersion } from './version.ts'

type Placed = ReadonlyMap<Field, Token>

/** Whether one comma seems to be lost, of the layout or of the shorter one for a row without the tests of one file. */
export function isOneShort(dialect: CsvDialect, fields: readonly Token[]): boolean {
  const blank = fields.slice(5, 17).every((field) => field.text === '')
  return CSV_DIALECTS.some(
    (other) =>
      (other === dialect || (other.withoutIo && other.name === dialect.name && blank)) &&
      fields.length === other.fields.length - 1,
  )
}

/** More damaged fields are no damage of single ones: the row is a part of another, or shifted. */
const MOST_MISFITS = 4

/** Whether too much is amiss for damage of single fields: more than one rate parted from its CPU, or nothing in place. */
export function isShifted(dialect: CsvDialect, placed: Placed): boolean {
  const misfits = [...placed].filter(([field, token]) => !suits(dialect, field, token.text)).length
  const torn = METRIC_IDS.filter((id) => isBlank(placed.get(id)) !== isBlank(placed.get(`${id}_cpu`))).length
  return misfits > MOST_MISFITS || torn > 1
}

function isBlank(token: Token | undefined): boolean {
  return token === undefined || token.text === ''
}

/** Whether the fields are those of an undamaged row, so that none has been lost or gained among them. */
export function suit(dialect: CsvDialect, placed: Placed): boolean {
  const given = (field: Field) => (placed.get(field)?.text ?? '') !== ''
  if (METRIC_IDS.slice(0, 6).some(given) && !given('size_cell')) return false
  return [...placed].every(([field, token]) => suits(dialect, field, token.text))
}

/** Whether a word can stand in a field of an undamaged row. */
function suits(dialect: CsvDialect, field: Field, word: string): boolean {
  if (field === 'name' || field === 'format_version') return true
  if (field === 'version') return isVersion(word)
  if (field === 'size_cell') return word === '' || readSize(word, dialect.bareMib) !== null
  if (field === 'files_cell') return word === '' || readFiles(word) !== null
  if (field === 'chunk_size' || field === 'unused') return /^(\d*k?)$/.test(word)
  if (field === 'max_size') return /^(\d*|link|symlink)$/.test(word)
  if (field.endsWith('_latency')) return word === '' || readLatency(word) !== null
  if (field.endsWith('_cpu')) return /^(\d{1,4}|\+{3})?$/.test(word)
  if (field === 'seeks')
    return (dialect.decimalSeeks ? /^(\d+\.\d+|\+{5})?$/ : /^(\d+(\.\d+)?|\+{5})?$/).test(word)
  return /^(\d+|\+{5})?$/.test(word)
}
