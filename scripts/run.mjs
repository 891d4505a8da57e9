// npm run <name> → a TypeScript program under the pinned Node, with packages installed first.
import { runPinned } from './bootstrap.mjs'

const [script, ...args] = process.argv.slice(2)
if (!script) {
  console.error('usage: node scripts/run.mjs <program.ts> [arguments]')
  process.exit(2)
}
await runPinned(script, args)
