/**
 * What was kept last, by its key: at least `size` entries and at most twice as many. The older half goes at once, so
 * that keeping costs the same however long a file is.
 */
export class Recent<T> {
  readonly #size: number
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  constructor(size: number) {
    this.#size = size
  }

  get(key: string): T | undefined {
    return this.#young.get(key) ?? this.#old.get(key)
  }

  keep(key: string, value: T): void {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
