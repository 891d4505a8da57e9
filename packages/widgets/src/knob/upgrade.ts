type Stored = Readonly<Record<string, unknown>>
const recordOf = (value: unknown): Stored => (typeof value === 'object' && value !== null ? { ...value } : {})

/** Older files have the command beside the settings instead of in them. */
export const upgradeKnob = (settings: Stored): Record<string, unknown> => {
  const { getValueMethod, setValueMethod, requestTimeout, requestPersistent, persistentPollingInterval } = settings
  const shared = Object.fromEntries(
    Object.entries({ requestTimeout, requestPersistent, persistentPollingInterval }).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  )
  const withCommand = (part: unknown, method: unknown) => {
    const before = recordOf(part)
    const named = typeof method === 'string' ? { method } : {}
    return { ...before, executeRpc: { ...recordOf(before.executeRpc), ...shared, ...named } }
  }
  const missing = settings.initialState === undefined && settings.initialValue !== undefined
  return {
    ...settings,
    initialState: {
      ...(missing ? { defaultValue: settings.initialValue } : {}),
      ...withCommand(settings.initialState, getValueMethod),
    },
    valueChange: withCommand(settings.valueChange, setValueMethod),
  }
}
