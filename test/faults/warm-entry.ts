/** What the warm program is bundled from: see warm.ts. */
export { recalled } from '../../src/again.ts'
export { run } from '../../src/commands/run.ts'
