/** A column of a table: text, whole numbers, or numbers; null where a row says nothing. */
export interface Column {
  readonly name: string
  readonly type: 'STRING' | 'INT32' | 'DOUBLE'
  readonly data: readonly (string | number | null)[]
}

/** A table as Apache Parquet. The same table gives the same bytes: the file names its writer, and no time. */
export async function parquet(columns: readonly Column[]): Promise<Uint8Array> {
  // loaded only where a site is built
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = columns.map(({ name, type, data }) => ({ name, type, data: [...data] }))
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'bonnie-report' }))
}
