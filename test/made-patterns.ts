/**
 * A program, run by linear.test.ts in a process of its own, since many patterns are made when a file is first imported:
 * it prints, as JSON, what `new RegExp` makes in src/, by the file that makes it.
 */
import { readFileSync } from 'node:fs'

type Made = readonly { readonly source: string; readonly flags: string }[]

/** The sources and flags of what `new RegExp` makes in src/ while something is done, by the file that makes them. */
async function madeDuring(act: () => Promise<void>): Promise<ReadonlyMap<string, Made>> {
  const made = new Map<string, Made>()
  const Usual = globalThis.RegExp
  globalThis.RegExp = new Proxy(Usual, {
    construct(target, words, self) {
      const pattern: RegExp = Reflect.construct(target, words, self)
      const caller = new Error().stack?.split('\n')[2] ?? ''
      const file = Usual.prototype.exec.call(/^(?!.*node_modules).*\/src\/([\w/-]+\.ts)/, caller)?.[1]
      if (file) made.set(file, [...(made.get(file) ?? []), { source: pattern.source, flags: pattern.flags }])
      return pattern
    },
  })
  try {
    await act()
  } finally {
    globalThis.RegExp = Usual
  }
  return made
}

/** What makes each of them: a broken link, a margin, an attach line, a fact that is looked for, and numbers in words. */
async function useAll(): Promise<void> {
  const { analyse: judge, knowledgeOf } = await import('../src/build.ts')
  const { readTemplates } = await import('../src/files.ts')
  const { folderOf } = await import('../src/library.ts')
  const output = readFileSync('test/fixtures/corpus/bpp197-vboxvm01-gist.txt', 'utf8')
  const quoted = output.replace(/^/gm, 'log-12 (x)[y] {z}: ')
  const facts = `backends: { lvm: { attach: "file:/a,b=c,format=raw,cache=none" } }
baseline: nothing
accepted: [{ file: x, rule: no-result, because: y }]`
  const prose = `From 2 to 3 times as fast, at [twice](<claim:lvm.put_block ≥ 1>). [x]( value: a b) It took 5 MB/s.`
  const study = { 'study.md': `---\n${facts}\n---\n${prose}`, 'lvm/1.txt': output, 'lvm/2.txt': quoted }
  judge(folderOf('s', study), knowledgeOf(readTemplates()))
}

process.stdout.write(JSON.stringify([...(await madeDuring(useAll))]))
