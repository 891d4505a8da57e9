/** So long a trace waits for the message that it is to follow, ms. */
export const traceWaitMs = 300_000
