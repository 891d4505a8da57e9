/** Error codes inside updates (as ThingsBoard). */
export const wsErrors = { none: 0, internal: 1, badRequest: 2, unauthorized: 3, tooManyUpdates: 34 } as const

export type PlainData = Record<string, [ts: number, value: string | null][]>

/** The answer of the old style. `latestValues` has the time of the last element of each list. */
export const plainUpdate = (cmdId: number, data: PlainData): unknown => {
  const latestValues: Record<string, number> = Object.create(null)
  for (const [key, points] of Object.entries(data)) latestValues[key] = points.at(-1)?.[0] ?? 0
  return { subscriptionId: cmdId, errorCode: wsErrors.none, errorMsg: null, data, latestValues }
}

export const plainError = (cmdId: number, errorCode: number, errorMsg: string): unknown => ({
  subscriptionId: cmdId,
  errorCode,
  errorMsg,
  data: null,
  latestValues: {},
})

export const noErrors = { errorCode: wsErrors.none, errorMsg: null } as const

/** Codes of close frames: those of RFC 6455 §7.4.1 and one of ThingsBoard's. */
export const closeCodes = {
  goingAway: 1001,
  unsupportedData: 1003,
  invalidPayload: 1007,
  policy: 1008,
  internalError: 1011,
  serviceRestart: 1012,
  notReliable: 4500,
} as const

/** A reason must fit into a control frame: 123 bytes of UTF-8. */
export const closeReason = (text: string): string => {
  let reason = text
  while (Buffer.byteLength(reason) > 123) reason = reason.slice(0, -1)
  return reason
}
