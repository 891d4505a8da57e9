/** A device with the alarm rules of its profile. */
export type RuledDevice = {
  id: string
  profileId: string
  /** Another number: the rules may have changed. */
  profileVersion: number
  /** `profileData.alarms`, as it stands in the profile. */
  alarms: readonly unknown[]
  profileName: string
  name: string
  label: string | null
  /** Epoch ms. */
  createdTime: number
  customerId: string | null
}

/** `counts` is JSON of the node's own, null: nothing is to be kept. `isTimed`: some rule waits for time to pass. */
export type KeptCounts = { deviceId: string; counts: unknown; isTimed: boolean }

export type AlarmRulesPort = {
  /** In order; null: the tenant has no such device. Remembered, and forgotten when the device or its profile changes. */
  devices(deviceIds: readonly string[]): Promise<(RuledDevice | null)[]>
  /** What the node keeps of devices, beyond a restart and for all processes; in order, null for nothing. */
  counts(ruleNodeId: string, deviceIds: readonly string[]): Promise<unknown[]>
  /** Each device once. Those that are gone are left out. */
  keepCounts(ruleNodeId: string, counts: readonly KeptCounts[]): Promise<void>
  /** Devices of which the node keeps counts that wait for time to pass, by their ids, behind `afterId`. */
  timed(ruleNodeId: string, afterId: string | null, limit: number): Promise<string[]>
}
