const leadMs = 60_000
/** setTimeout counts in 32 bits; a longer wait would fire at once. */
const longestTimerMs = 2_147_483_647

/** How long to wait before renewing a session that ends at `expiresAt` (epoch ms): a minute early, half its time when shorter. */
export const renewalDelayMs = (expiresAt: number, now: number): number => {
  const left = Math.max(0, expiresAt - now)
  return Math.min(longestTimerMs, Math.max(1_000, left - Math.min(leadMs, left / 2)))
}
