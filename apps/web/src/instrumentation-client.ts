// Next runs this before the application starts, so that the guard hears of history steps before the router, and what the
// page begins with is on its way while the page is made.
import { askEarly, firstRequests } from './api/early.ts'
import { announceSteps } from './shell/history-steps.ts'

announceSteps()
for (const path of firstRequests(location.pathname)) askEarly(path)
