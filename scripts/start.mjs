import { runPinned } from './bootstrap.mjs'

await runPinned('scripts/start/main.ts')
