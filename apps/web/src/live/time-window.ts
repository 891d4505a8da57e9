export type TimeWindow = { kind: 'last'; durationMs: number } | { kind: 'fixed'; startTs: number; endTs: number }

export const durationOf = (window: TimeWindow): number =>
  window.kind === 'last' ? window.durationMs : Math.max(1, window.endTs - window.startTs)
