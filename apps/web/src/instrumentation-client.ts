// Next runs this before the application starts, so that the guard hears of history steps before the router.
import { announceSteps } from './shell/history-steps.ts'

announceSteps()
