import { runPinned } from './bootstrap.mjs'

await runPinned('scripts/test/main.ts')
