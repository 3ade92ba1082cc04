import type { Command } from './command.ts'

/*
 * SHELF: the commands, in the order of help. What does the work is loaded when a command is called, so that a filter
 * starts without a renderer. To add one, add a row and a file of its name.
 */

export const COMMANDS: readonly Command[] = [
  {
    name: 'build',
    operands: '[RESULTS]',
    mostOperands: 1,
    summary: 'results/ becomes site/',
    about: [
      'Reads RESULTS (results), compares the backends of each study and writes the blog',
      'to --out (site). The old site is replaced in one step, and stays untouched if',
      'the new one cannot be written. A study with problems says so on its page.',
    ],
    options: ['out', 'site-url', 'records', 'strict', 'format'],
    examples: ['bonnie-report build', 'bonnie-report build -o public --site-url https://example.org/bench/'],
    run: async (call) => {
      const [{ remembered }, { build }] = [await import('./remembered.ts'), await import('./build.ts')]
      return remembered(call, build)
    },
  },
  {
    name: 'check',
    operands: '[RESULTS]',
    mostOperands: 1,
    summary: 'every problem, and nothing written',
    about: [
      'Reads RESULTS (results) and lists every problem with its file, line and column:',
      'what could not be read, what the prose claims and the data contradict, the',
      'doubts whether a number measured the disk, and the hosts, addresses and people',
      'that would be published. Writes nothing.',
    ],
    options: ['records', 'strict', 'format'],
    examples: ['bonnie-report check', 'bonnie-report check --strict --format github'],
    run: async (call) => (await import('./check.ts')).check(call),
  },
  {
    name: 'parse',
    operands: '[FILE… | -]',
    mostOperands: Number.POSITIVE_INFINITY,
    summary: 'saved output becomes one JSON record a line',
    about: [
      'Reads saved outputs (- or nothing: what is piped in) and prints one JSON record',
      'for each run in them. A filter: no other file is read, nothing is written.',
    ],
    options: ['strict', 'format'],
    examples: ['bonnie-report parse loop-1.txt', 'ssh vm101 cat bonnie.log | bonnie-report parse -'],
    results: 'JSON',
    run: async (call) => (await import('./parse.ts')).parse(call),
  },
  {
    name: 'show',
    operands: '[FILE|RESULTS]',
    mostOperands: 1,
    summary: 'the table in the terminal',
    about: [
      'Of RESULTS (results): one table a study with the median of each test, then the',
      'verdict for each workload. Of a FILE: its runs as they are, one column a run.',
    ],
    options: ['strict'],
    examples: ['bonnie-report show', 'bonnie-report show ~/loop-1.txt'],
    run: async (call) => (await import('./show.ts')).show(call),
  },
  {
    name: 'compare',
    operands: 'A B [RESULTS]',
    mostOperands: 3,
    summary: 'one verdict: is B worse than A?',
    about: [
      'A and B are two backends of one study in RESULTS (results), or two files or',
      'folders of saved outputs. Tells for each test whether B is better, worse or the',
      'same, on disk evidence and as measured, with the ratio B ÷ A and its interval.',
      'Exit status 1 if B is worse on any test of the disk; fewer than three runs a',
      'side cannot tell, which is 0.',
    ],
    options: ['study', 'format'],
    examples: [
      'bonnie-report compare loopback lvm --study lvm-lab-2026',
      'bonnie-report compare before/ after/ --format json',
    ],
    run: async (call) => (await import('./compare.ts')).compare(call),
  },
  {
    name: 'explain',
    operands: 'STUDY CELL [RESULTS]',
    mostOperands: 3,
    summary: 'a number, from bytes to verdict',
    about: [
      'CELL is backend.test#run, or backend.test for all its runs. Shows the line as it',
      'was saved, what was read from it, what each check said of it, the sample it',
      'stands in, and the comparisons, workloads and claims that rest on it.',
    ],
    options: ['format'],
    examples: [
      'bonnie-report explain xen-file-backed-vbd loopback.get_block#1',
      'bonnie-report explain lvm-lab-2026 lvm.seeks --format json',
    ],
    run: async (call) => (await import('./explain.ts')).explain(call),
  },
  {
    name: 'plan',
    operands: '[STUDY] [RESULTS]',
    mostOperands: 2,
    summary: 'a script that measures what is open',
    about: [
      'Prints a shell script to run inside the guest. It makes the measurement that',
      'would settle what STUDY (the only one) leaves open: files that no memory holds,',
      'rounds of rotating order, caches dropped before each run, a series with -b where',
      'a workload asks for it. The outputs become a new study, with its study.md.',
    ],
    options: ['format'],
    examples: [
      'bonnie-report plan xen-file-backed-vbd > plan.sh',
      'bonnie-report plan lvm-lab-2026 --format json',
    ],
    results: 'script',
    run: async (call) => (await import('./plan.ts')).plan(call),
  },
  {
    name: 'add',
    operands: 'FILE…',
    mostOperands: Number.POSITIVE_INFINITY,
    summary: 'file saved outputs where they belong',
    about: [
      'Copies each FILE, or all of a folder, byte for byte to results/STUDY/BACKEND/,',
      'never over another, and tells what it holds and which facts are still missing.',
      'Without --backend the name of a file has to begin with one, or a folder that it',
      'lies in be called so, as in loopback-1.txt or lvm/run-1.txt. A file without a',
      'result is refused. STUDY is a folder in results/, new or not.',
    ],
    options: ['study', 'backend'],
    examples: [
      'bonnie-report add loopback-*.txt lvm-*.txt --study my-server',
      'bonnie-report add ~/run?.log --study my-server --backend lvm-thin',
    ],
    run: async (call) => (await import('./add.ts')).add(call),
  },
  {
    name: 'diff',
    operands: 'REF [RESULTS]',
    mostOperands: 2,
    summary: 'conclusions that changed since REF',
    about: [
      'Reads RESULTS (results) as it is now and as git has it at the revision REF,',
      'judges both alike, and prints Markdown for a pull request: verdicts that flip,',
      'doubts and problems that are new or gone, medians, studies and runs. Nothing is',
      'checked out.',
      'Exit status 1 only if the results have an error now.',
    ],
    options: ['format'],
    examples: ['bonnie-report diff main', 'bonnie-report diff HEAD~1 --format json'],
    run: async (call) => (await import('./diff.ts')).diff(call),
  },
  {
    name: 'dev',
    operands: '[RESULTS]',
    mostOperands: 1,
    summary: 'the site as you edit it',
    about: [
      'Builds the site of RESULTS (results) in memory, serves it on 127.0.0.1 (at port',
      '8080, or a free one) and prints the address. Whenever RESULTS or the templates',
      'change, it is built again and open pages reload; errors are shown on them.',
      'Writes nothing: build writes site/. Ctrl-C ends it.',
    ],
    options: [],
    examples: ['bonnie-report dev', 'bonnie-report dev ~/bench/results'],
    run: async (call) => (await import('./dev.ts')).dev(call),
  },
  {
    name: 'init',
    operands: '[DIR]',
    mostOperands: 1,
    summary: 'a new blog with a sample',
    about: [
      'Writes to DIR (the folder you are in) what a blog needs: results/ with a sample,',
      'the workflow that publishes it on GitHub Pages, schemas for editors, and this',
      'package itself, so that npm ci works everywhere. What is there already is left',
      'as it is and named. Prints what to type next.',
    ],
    options: [],
    examples: ['bonnie-report init bench', 'bonnie-report init && npm install'],
    run: async (call) => (await import('./init.ts')).init(call),
  },
  {
    name: 'verify',
    operands: '[SITE] [RESULTS]',
    mostOperands: 2,
    summary: 'is the site what the results give?',
    about: [
      'Holds each file of SITE (site) against its manifest.json, the files of RESULTS',
      '(results) against those that it was built from, and both against a build in',
      'memory, byte for byte. Names every file that was changed, lost or added.',
      'Writes nothing.',
    ],
    options: ['format'],
    examples: ['bonnie-report verify', 'bonnie-report verify public results --format github'],
    run: async (call) => (await import('./verify.ts')).verify(call),
  },
]
